import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RowDataPacket } from 'mysql2/promise';
import { expect } from 'vitest';
import { connectShop } from '../../local/sources/connect';
import { computeReports } from '../../local/sources/reports';
import { isFlag, userColumns } from '../../local/sources/user';
import type { TestStack } from './stack';

/** What the three reports would say of the shop as its database holds it now: another engine, other code. */
export async function recomputed(stack: TestStack): Promise<Map<string, string>> {
  const { TIDEMARK_MYSQL_URL: url = '' } = await stack.environment();
  const connection = await connectShop(url);
  const [rows] = await connection.query<RowDataPacket[]>('SELECT * FROM users WHERE deleted_at IS NULL');
  await connection.end();
  const cell = (row: RowDataPacket, name: (typeof userColumns)[number]) =>
    isFlag(name) ? (row[name] ? 'True' : 'False') : String(row[name]);
  const lines = rows.map((row) => userColumns.map((name) => cell(row, name)).join(','));
  await mkdir(join(stack.state, 'check'), { recursive: true });
  const file = join(stack.state, 'check/users.csv');
  await writeFile(file, `${[userColumns.join(','), ...lines].join('\n')}\n`);
  return computeReports(file);
}

/** Exports the published tables and holds them against the source, to the last byte. */
export async function equalsSource(stack: TestStack, folder: string): Promise<void> {
  const out = join(stack.state, 'out', folder);
  expect(await stack.tidemark('export', '--out', out)).toMatchObject({ code: 0 });
  for (const [name, text] of await recomputed(stack)) expect(await readFile(join(out, name), 'utf8')).toBe(text);
}
