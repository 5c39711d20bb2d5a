import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** A Parquet file with this many rows of one column, as bytes. */
export async function parquetOf(rows: number): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-parquet-'));
  const file = join(folder, 'rows.parquet');
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`COPY (SELECT range AS id FROM range(${rows})) TO '${file}' (FORMAT parquet, COMPRESSION zstd)`);
  connection.closeSync();
  const bytes = await readFile(file);
  await rm(folder, { recursive: true });
  return bytes;
}
