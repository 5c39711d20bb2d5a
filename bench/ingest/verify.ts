import { DuckDBInstance } from '@duckdb/node-api';

/** What every copy of a table must agree on, whatever types and column names its tool prefers. */
export interface Content {
  readonly rows: string;
  readonly ids: string;
  readonly sold: string;
  readonly newest: string;
}

/** Reads Parquet files back, in an engine of its own, so that no tool's log is believed. */
export async function contentOf(files: string): Promise<Content> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '2GB' });
  const connection = await instance.connect();
  try {
    const from = `read_parquet('${files}', hive_partitioning = false)`;
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`);
    const names = described.getRowsJson().map(([name]) => String(name));
    const named = (wanted: string) => {
      const found = names.find((name) => name.toLowerCase().replaceAll('_', '') === wanted.toLowerCase());
      if (found === undefined) throw new Error(`${files} has no column ${wanted}, only ${names.join(', ')}`);
      return `"${found}"`;
    };
    const answer = await connection.runAndReadAll(
      `SELECT count(*)::VARCHAR, count(DISTINCT ${named('identifierHash')}::BIGINT)::VARCHAR,
              sum(${named('productsSold')})::BIGINT::VARCHAR,
              strftime(max(${named('updatedat')}::TIMESTAMP), '%Y-%m-%d %H:%M:%S.%f') FROM ${from}`,
    );
    const [rows, ids, sold, newest] = (answer.getRowsJson()[0] ?? []).map(String);
    return { rows: rows ?? '', ids: ids ?? '', sold: sold ?? '', newest: newest ?? '' };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
