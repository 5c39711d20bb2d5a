import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { duckExtension } from '../../adf/connectors/extension';
import { literal } from '../../adf/connectors/sqlText';
import { extensionFolder } from '../../supervisor/environment';
import type { Layout } from '../../supervisor/layout';

/** Asks an engine that shares no code with the pipeline. Its answers are rows of text. */
export type Query = (sql: string) => Promise<(string | null)[][]>;

/** Opens DuckDB with its reader of Delta tables for as long as `work` takes. */
export async function withQuery<R>(layout: Layout, work: (query: Query) => Promise<R>): Promise<R> {
  const extension = await duckExtension(
    'delta',
    await extensionFolder(layout.root, 'delta'),
    join(layout.state, 'check'),
  );
  const instance = await DuckDBInstance.create(':memory:', { allow_unsigned_extensions: 'true' });
  const connection = await instance.connect();
  try {
    await connection.run(`LOAD ${literal(extension)}`);
    return await work(async (sql) => {
      const answer = await connection.runAndReadAll(sql);
      return answer.getRowsJson().map((row) => row.map((cell) => (cell === null ? null : String(cell))));
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
