import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AlertList, RunDetail } from '../../shared/contracts/api';
import { QuarantinedRow } from '../../shared/contracts/quarantine';
import type { Run } from '../../shared/contracts/run';
import { type TestStack, testStack } from '../support/stack';
import { whoRead } from '../support/whoRead';

let stack: TestStack;
let password = '';

beforeAll(async () => {
  stack = await testStack();
  expect(await stack.tidemark('up')).toMatchObject({ code: 0 });
  expect(await stack.tidemark('seed', '--users', '500', '--seed', '3')).toMatchObject({ code: 0 });
  password = (await stack.secrets()).readerPassword;
});
afterAll(() => stack.dispose());

/** A run by hand to its end, whichever that is; one that finds the run of a file's event at work waits for it. */
async function run(...sources: string[]): Promise<Run> {
  const wanted = sources.flatMap((name) => ['--source', name]);
  const { out, error } = await stack.tidemark('run', '--wait', ...wanted, '--output', 'json');
  return RunDetail.parse(JSON.parse(out || `"${error}"`)).run;
}
const outcomes = ({ sources }: Run) => Object.fromEntries(sources.map(({ source, outcome }) => [source, outcome]));
const codes = ({ sources, datasets }: Run) =>
  [...sources, ...datasets].flatMap(({ problems, ...of }) =>
    problems.map(({ code }) => `${'source' in of ? of.source : of.dataset} ${code}`),
  );
const reports = () => join(stack.state, 'sftp/reports');
const SELLERS = 'Comparison-of-Sellers-by-Gender-and-Country.csv';

async function drop(name: string, text: string): Promise<void> {
  const file = join(stack.state, name);
  await writeFile(file, text);
  expect(await stack.tidemark('drop', file, `countries/${name}`)).toMatchObject({ code: 0 });
}

test('a wrong password and an absent file fail their own sources and what depends on them, and nothing else', async () => {
  await stack.input('a-wrong-password', 'secret', 'mysql-password');
  await mkdir(join(stack.state, 'away'));
  await rename(join(reports(), SELLERS), join(stack.state, 'away', SELLERS));

  const broken = await run();
  expect(broken.status).toBe('Failed');
  expect(outcomes(broken)).toMatchObject({
    users: 'failed',
    partner_sellers: 'failed',
    partner_buyers: 'committed',
    partner_top_sellers: 'committed',
  });
  expect(codes(broken)).toEqual([
    'users SOURCE_ACCESS',
    'partner_sellers SOURCE_FILE_ABSENT',
    ...broken.datasets.map(({ dataset }) => `${dataset} DEPENDENCY_FAILED`),
  ]);
  expect(JSON.stringify(broken)).not.toContain('a-wrong-password');
  expect(broken.sources.find(({ source }) => source === 'users')?.problems[0]?.why).toMatch(/1045|access denied/i);

  const { alerts } = AlertList.parse({ alerts: await stack.json('alerts') });
  expect(alerts.filter(({ key }) => key.startsWith(broken.run))).toEqual([
    expect.objectContaining({ key: `${broken.run}/failed` }),
  ]);
});

test('once both are mended the next run takes everything up where it was', async () => {
  await stack.input(password, 'secret', 'mysql-password');
  await rename(join(stack.state, 'away', SELLERS), join(reports(), SELLERS));
  const mended = await run();
  expect(mended.status).toBe('Succeeded');
  expect(mended.sources.find(({ source }) => source === 'users')).toMatchObject({
    outcome: 'committed',
    read: '500',
    inserted: '500',
  });
  expect(mended.datasets.filter(({ cells }) => cells !== '0').map(({ mismatches }) => mismatches)).toEqual([
    '0',
    '0',
    '0',
  ]);
});

test('a file without a declared column parks its window with the difference, and is let go when it is taken away', async () => {
  await drop('bad.csv', 'code\nfr\n');
  const parked = await run('countries');
  expect(outcomes(parked)).toEqual({ countries: 'parked' });
  expect(parked.sources[0]?.problems[0]).toMatchObject({
    code: 'SCHEMA_REMOVED',
    why: expect.stringContaining('name'),
  });

  await rm(join(stack.state, 'lake/landing/countries/bad.csv'));
  await drop('good.csv', 'code,name\nfr,France\n');
  const mended = await whoRead(stack, await run('countries'), 'countries', '1');
  expect(mended.sources[0]).toMatchObject({ outcome: 'committed', read: '1', landed: '1' });
});

test('rows that are no rows of their file are counted and kept, and the others arrive', async () => {
  await drop('broken.csv', 'code,name\nse,Suède\nxx,too,many,fields\nch,Suisse\n');
  const some = await whoRead(stack, await run('countries'), 'countries', '3');
  expect(some.sources[0]).toMatchObject({ outcome: 'committed', read: '3', landed: '2', rejected: '1', inserted: '2' });
  expect(codes(some)).toEqual(['countries ROWS_REJECTED']);
  const kept = QuarantinedRow.array().parse(await stack.json('quarantine', 'ls', '--source', 'countries'));
  expect(kept.map(({ kind, payload }) => [kind, payload])).toEqual([['line', 'xx,too,many,fields']]);
});

test('a vault that is down fails what needs it with its name, and work goes on when it is back', async () => {
  expect(await stack.tidemark('stop', 'vault')).toMatchObject({ code: 0 });
  const down = await run('users');
  expect(outcomes(down)).toEqual({ users: 'failed' });
  expect(codes(down)).toContain('users VAULT_UNREACHABLE');
  expect(await stack.tidemark('start', 'vault')).toMatchObject({ code: 0 });
  // The window that stood waiting for the password is read at last, and holds nothing.
  expect((await run('users')).sources[0]).toMatchObject({ source: 'users', outcome: 'committed', read: '0' });
});
