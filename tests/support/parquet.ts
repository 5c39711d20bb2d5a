import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** A Parquet file with this many rows of one column, as bytes. */
export const parquetOf = (rows: number): Promise<Uint8Array> => written(`SELECT range AS id FROM range(${rows})`);

/** A Parquet file of text columns, as bytes. */
export function parquetOfText(rows: readonly Record<string, string | null>[]): Promise<Uint8Array> {
  const text = (value: string | null) => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`);
  const names = Object.keys(rows[0] ?? {});
  const columns = names.map((name) => `CAST("${name}" AS VARCHAR) AS "${name}"`).join(', ');
  const values = rows.map((row) => `(${names.map((name) => text(row[name] ?? null)).join(', ')})`).join(', ');
  return written(`SELECT ${columns} FROM (VALUES ${values}) AS t(${names.map((name) => `"${name}"`).join(', ')})`);
}

async function written(query: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-parquet-'));
  const file = join(folder, 'rows.parquet');
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`COPY (${query}) TO '${file}' (FORMAT parquet, COMPRESSION zstd)`);
  connection.closeSync();
  const bytes = await readFile(file);
  await rm(folder, { recursive: true });
  return bytes;
}
