import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectShop } from '../../local/sources/connect';
import { History, RunDetail } from '../../shared/contracts/api';
import type { Run } from '../../shared/contracts/run';
import { equalsSource } from '../support/equalsSource';
import { type TestStack, testStack } from '../support/stack';

let stack: TestStack;

beforeAll(async () => {
  stack = await testStack();
  expect(await stack.tidemark('up')).toMatchObject({ code: 0 });
  expect(await stack.tidemark('seed', '--users', '300', '--seed', '3')).toMatchObject({ code: 0 });
});
afterAll(() => stack.dispose());

const run = async (...args: string[]): Promise<Run> => {
  const { out, error } = await stack.tidemark('run', '--source', 'users', '--wait', '--output', 'json', ...args);
  return RunDetail.parse(JSON.parse(out || JSON.stringify(error))).run;
};
const users = ({ sources }: Run) => sources[0];

/** How long a row stays invisible to a reader that keeps two seconds of distance from the clock, in milliseconds. */
const SETTLE_MS = 2500;

/** Takes rows out of the shop without a mark, as no shop that keeps its soft-delete column would. */
async function erase(count: number): Promise<void> {
  const connection = await connectShop((await stack.environment())['TIDEMARK_MYSQL_URL'] ?? '');
  await connection.query(`DELETE FROM users WHERE deleted_at IS NULL ORDER BY identifierHash LIMIT ${count}`);
  await connection.end();
  await sleep(SETTLE_MS);
}

test('rows that are gone without a mark stay unseen by windows, and are found by their keys', async () => {
  expect(users(await run())).toMatchObject({ outcome: 'committed', read: '300' });
  await erase(7);
  expect(users(await run())).toMatchObject({ outcome: 'nothing-new', deleted: '0' });
  const found = await run('--deletes');
  expect(found.status, JSON.stringify(found)).toBe('Succeeded');
  expect(users(found)).toMatchObject({ outcome: 'committed', deleted: '7', keys: 'compared' });
  await equalsSource(stack, 'found');
  const history = await stack.json('watermark', 'history', 'users', '--output', 'json');
  // What this run did is looked for by its id.
  const its = History.shape.events.parse(history).filter(({ run: by }) => by === found.run);
  expect(its[0]).toMatchObject({ what: 'changed', detail: expect.stringMatching(/gone.*: 7$/) });
  expect(users(await run('--deletes'))).toMatchObject({ outcome: 'nothing-new', deleted: '0', keys: 'compared' });
});

test('a mass of them is left where it is, asked about, and taken when a person accepts as many', async () => {
  await erase(150);
  const stopped = await run('--deletes');
  expect(stopped.status).toBe('Failed');
  expect(users(stopped)).toMatchObject({ outcome: 'nothing-new', deleted: '0', keys: 'stopped' });
  expect(users(stopped)?.problems).toMatchObject([
    { code: 'MASS_DELETE', next: expect.stringContaining('--deletes --accept-deletes 150') },
  ]);
  expect(users(await run('--deletes', '--accept-deletes', '149'))).toMatchObject({ keys: 'stopped', deleted: '0' });
  const accepted = await run('--deletes', '--accept-deletes', '150');
  expect(users(accepted)).toMatchObject({ outcome: 'committed', deleted: '150', keys: 'compared' });
  await equalsSource(stack, 'accepted');
});
