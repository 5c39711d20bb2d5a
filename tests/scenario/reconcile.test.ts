import { readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectShop } from '../../local/sources/connect';
import { eventually } from '../support/eventually';
import { type TestStack, testStack } from '../support/stack';

let stack: TestStack;

beforeAll(async () => {
  stack = await testStack();
  expect(await stack.tidemark('up')).toMatchObject({ code: 0 });
  expect(await stack.tidemark('seed', '--users', '300', '--seed', '3')).toMatchObject({ code: 0 });
  await sleep(SETTLE_MS);
});
afterAll(() => stack.dispose());

/** How long a row stays invisible to a reader that keeps two seconds of distance from the clock, in milliseconds. */
const SETTLE_MS = 2500;

async function shop(sql: string): Promise<string[]> {
  const connection = await connectShop((await stack.environment())['TIDEMARK_MYSQL_URL'] ?? '');
  const [rows] = await connection.query({ sql, rowsAsArray: true });
  await connection.end();
  return Array.isArray(rows) ? rows.map((row) => String((row as unknown[])[0])) : [];
}

test('all agrees when the windows came through; then what was changed behind the cursor, and in bronze, is named, and nothing else', async () => {
  const agreed = await stack.tidemark('reconcile', '--source', 'users', '--output', 'json');
  expect(agreed, agreed.error).toMatchObject({ code: 0 });
  const [{ source, outcome, bronze, content }] = JSON.parse(agreed.out);
  expect({ source, outcome }).toEqual({ source: 'users', outcome: 'agrees' });
  expect(content).toMatchObject({ buckets: '0', keys: [], silver: content.source });
  expect(bronze).toMatchObject({ broken: '0', unread: '0', taken: bronze.landed });
  expect(Number(bronze.landed)).toBeGreaterThanOrEqual(Number(content.source));

  const ids = await shop('SELECT CAST(identifierHash AS CHAR) FROM users WHERE deleted_at IS NULL ORDER BY 1 LIMIT 2');
  const [changed = '', gone = ''] = ids;
  await shop(`UPDATE users SET country = 'Atlantis', updated_at = updated_at WHERE identifierHash = ${changed}`);
  await shop(`DELETE FROM users WHERE identifierHash = ${gone}`);
  const landed = join(stack.state, 'lake/bronze');
  const file =
    (await readdir(landed, { recursive: true })).find((path) => /^users\/window=1\/.*\.parquet$/.test(path)) ?? '';
  await truncate(join(landed, file), 200);

  const differs = await stack.tidemark('reconcile', '--source', 'users', '--output', 'json');
  expect(differs.code, differs.error).toBe(1);
  const [found] = JSON.parse(differs.out);
  expect(found).toMatchObject({ source: 'users', outcome: 'differs', content: { differing: '2' } });
  expect(found.content.keys).toHaveLength(2);
  expect(found.content.keys).toContainEqual({ key: changed, held: 'both', columns: ['country'] });
  expect(found.content.keys).toContainEqual({ key: gone, held: 'silver', columns: [] });
  const fault = expect.stringMatching(
    /^holds no Parquet in 200 bytes, .*; it landed with \d+ rows in \d+ bytes, SHA-256 /,
  );
  expect(found.bronze).toMatchObject({ broken: '1', faults: [{ window: '1', file, fault }] });
  const mailed = (text: string) => eventually(text, async () => (await stack.holding(text, 'mail'))[0]);
  expect(await mailed(`${changed}: country`)).toBe(await mailed(file));
  expect(await stack.holding('Atlantis', 'mail')).toEqual([]);
});
