import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectShop } from '../../local/sources/connect';
import { AlertList, RunDetail } from '../../shared/contracts/api';
import { AuditEntry } from '../../shared/contracts/audit';
import { QuarantinedRow } from '../../shared/contracts/quarantine';
import type { Run } from '../../shared/contracts/run';
import { Window } from '../../shared/contracts/window';
import { quietYaml } from '../support/shop';
import { type TestStack, testStack } from '../support/stack';
import { whoRead } from '../support/whoRead';

let stack: TestStack;

beforeAll(async () => {
  stack = await testStack();
  const up = await stack.tidemark('up');
  expect(up, up.error).toMatchObject({ code: 0 });
  expect(await stack.tidemark('seed', '--users', '200', '--seed', '7')).toMatchObject({ code: 0 });
});
afterAll(() => stack.dispose());

/** A command that starts a run, to the run's end, whichever that is. */
async function ended(...args: string[]): Promise<Run> {
  const { out, error } = await stack.tidemark(...args, '--wait', '--output', 'json');
  expect(out, error).not.toBe('');
  return RunDetail.parse(JSON.parse(out)).run;
}
const run = (...sources: string[]) => ended('run', ...sources.flatMap((name) => ['--source', name]));
const resume = (...args: string[]) => ended('resume', 'users', '--reason', 'the scenario', ...args);
const replay = (...args: string[]) => ended('quarantine', 'replay', '--reason', 'the scenario', ...args);
const outcomes = ({ sources }: Run) => Object.fromEntries(sources.map(({ source, outcome }) => [source, outcome]));
const windows = async (source: string) => Window.array().parse(await stack.json('sources', 'windows', source));
const waiting = async (...args: string[]) =>
  QuarantinedRow.array().parse(await stack.json('quarantine', 'ls', ...args));

/** How long a row stays invisible to a reader that keeps two seconds of distance from the clock, in milliseconds. */
const SETTLE_MS = 2500;

/** Changes the shop, and waits until a reader can see it. */
async function sql(...statements: string[]): Promise<void> {
  const connection = await connectShop((await stack.environment())['TIDEMARK_MYSQL_URL'] ?? '');
  try {
    for (const statement of statements) await connection.query(statement);
    await sleep(SETTLE_MS);
  } finally {
    await connection.end();
  }
}

/** Lines of the published users with this text. */
async function published(text: string): Promise<string[]> {
  const out = join(stack.state, 'out');
  expect(await stack.tidemark('export', '--out', out, '--dataset', 'users')).toMatchObject({ code: 0 });
  return (await readFile(join(out, 'Users.csv'), 'utf8')).split('\n').filter((line) => line.includes(text));
}

async function drop(name: string, text: string): Promise<void> {
  const file = join(stack.state, name);
  await writeFile(file, text);
  expect(await stack.tidemark('drop', file, `countries/${name}`)).toMatchObject({ code: 0 });
}

/** Every row of every window is somewhere. */
async function conserved(source: string): Promise<void> {
  for (const { account, outcome, state } of await windows(source)) {
    if (state !== 'committed' || !account || !outcome) continue;
    expect(BigInt(account.read)).toBe(BigInt(account.landed) + BigInt(account.rejected));
    const { merged, duplicates, quarantined } = outcome;
    expect(BigInt(account.landed)).toBe(BigInt(merged) + BigInt(duplicates) + BigInt(quarantined));
  }
}

describe('a source whose columns change', () => {
  test('of another type parks with the difference in API, command line and mail, and the other sources go on', async () => {
    expect(outcomes(await run())['users']).toBe('committed');
    await sql(
      'ALTER TABLE users MODIFY seniority VARCHAR(20) NOT NULL',
      'UPDATE users SET productsWished = productsWished + 1 LIMIT 5',
    );
    const stopped = await run();
    expect(outcomes(stopped)).toMatchObject({ users: 'parked', partner_buyers: 'nothing-new' });
    const [window] = await windows('users');
    expect(window).toMatchObject({ state: 'parked', upper: expect.any(String) });
    expect(window?.schema?.changes).toEqual([
      expect.objectContaining({ column: 'seniority', kind: 'retyped', after: 'varchar(20)', policy: 'park' }),
    ]);
    const line = /seniority: int\(\d+\) -> varchar\(20\) \(retyped, policy park\)/;
    expect((await stack.tidemark('sources', 'windows', 'users')).out).toMatch(line);
    const { alerts } = AlertList.parse({ alerts: await stack.json('alerts') });
    expect(alerts.filter(({ key }) => key.startsWith(stopped.run))).toHaveLength(1);
    expect((await stack.holding('retyped, policy park', 'mail')).length).toBeGreaterThan(0);
  });

  test('goes on with the same window and its bounds once a person has accepted them', async () => {
    const [parked] = await windows('users');
    const resumed = await resume('--accept');
    expect(resumed.sources[0]).toMatchObject({ outcome: 'committed', read: '5' });
    // The run goes on from there to the read point of its own, in a window that holds nothing.
    const again = (await windows('users')).find(({ number }) => number === parked?.number);
    expect(again).toMatchObject({
      lower: parked?.lower,
      upper: parked?.upper,
      state: 'committed',
    });
    expect(await stack.tidemark('resume', 'users', '--reason', 'again')).toMatchObject({ code: 2 });
  });

  test('parks again without the column, and is taken without it', async () => {
    await sql(
      'ALTER TABLE users DROP COLUMN civilityTitle',
      'UPDATE users SET productsWished = productsWished + 1 LIMIT 3',
    );
    expect(outcomes(await run('users'))).toEqual({ users: 'parked' });
    expect(outcomes(await resume())).toEqual({ users: 'parked' });
    const resumed = await resume('--accept');
    expect(resumed.sources[0]).toMatchObject({ outcome: 'committed', read: '3', updated: '3' });
    await sql(
      "ALTER TABLE users ADD COLUMN civilityTitle VARCHAR(10) NOT NULL DEFAULT 'mrs'",
      'UPDATE users SET productsWished = productsWished + 1 LIMIT 3',
    );
    expect((await run('users')).sources[0]).toMatchObject({ outcome: 'committed', read: '3', updated: '3' });
  });
});

describe('a row that breaks a rule', () => {
  let id = '';

  test('is put aside with its reason and its payload, and everything else goes in', async () => {
    await sql("UPDATE users SET gender = 'X', country = 'Atlantis' ORDER BY identifierHash LIMIT 1");
    const bad = await run('users');
    expect(bad.sources[0]).toMatchObject({ outcome: 'committed', read: '1', quarantined: '1', updated: '0' });
    const rows = await waiting('--source', 'users');
    expect(rows).toEqual([expect.objectContaining({ state: 'open', reasons: ['gender_known'], kind: 'row' })]);
    expect(JSON.parse(rows[0]?.payload ?? '')).toMatchObject({ gender: 'X', country: 'Atlantis' });
    id = rows[0]?.id ?? '';
    expect((await stack.tidemark('quarantine', 'show', id)).out).toContain('gender_known');
    await conserved('users');
  });

  test('breaks it again when nothing was mended', async () => {
    expect((await replay(id)).sources[0]).toMatchObject({ outcome: 'nothing-new', quarantined: '1' });
    expect(await waiting()).toEqual([expect.objectContaining({ id, state: 'again' })]);
    expect(await published('Atlantis')).toEqual([]);
  });

  test('is in silver and in gold once after the rule was mended, and can never go in again', async () => {
    const yaml = quietYaml().replace("in ('F', 'M')", "in ('F', 'M', 'X')");
    const file = join(stack.state, 'mended.yaml');
    await writeFile(file, yaml);
    expect(await stack.tidemark('catalog', 'publish', file)).toMatchObject({ code: 0 });
    const replayed = await replay(id);
    expect(replayed.sources[0]).toMatchObject({ outcome: 'committed', updated: '1', quarantined: '0' });
    expect(await published('Atlantis')).toHaveLength(1);
    expect(await waiting()).toEqual([]);
    expect((await stack.tidemark('quarantine', 'replay', id, '--reason', 'again')).code).toBe(2);
    expect(await waiting('--state', 'replayed')).toEqual([expect.objectContaining({ id })]);
  });
});

describe('a line that is no row of its file', () => {
  test('is listed with file and line, goes in corrected, or is discarded with a reason', async () => {
    await drop('broken.csv', 'code,name\nse,Suède\nxx,too,many,fields\nyy,also,too,many\n');
    const some = await whoRead(stack, await run('countries'), 'countries', '3');
    expect(some.sources[0]).toMatchObject({ outcome: 'committed', read: '3', landed: '1', rejected: '2' });
    const lines = await waiting('--source', 'countries');
    expect(lines).toMatchObject([
      { kind: 'line', line: '3', payload: 'xx,too,many,fields', reasons: [expect.stringMatching(/^malformed: /)] },
      { kind: 'line', line: '4', payload: 'yy,also,too,many' },
    ]);
    const [first, second] = lines.map((row) => row.id);
    expect((await stack.tidemark('quarantine', 'replay', first ?? '', '--reason', 'as it is')).code).toBe(2);
    const corrected = await replay(first ?? '', '--set', 'code=xx', '--set', 'name=Nowhere');
    expect(corrected.sources[0]).toMatchObject({ outcome: 'committed', inserted: '1' });
    expect((await stack.tidemark('quarantine', 'discard', second ?? '')).code).toBe(2);
    expect(await stack.tidemark('quarantine', 'discard', second ?? '', '--reason', 'a typo')).toMatchObject({
      code: 0,
    });
    expect(await waiting()).toEqual([]);
    const [window] = await windows('countries');
    expect(window?.byFile).toMatchObject([{ landed: '1', rejected: '2', merged: '1' }]);
    await conserved('countries');
  });

  test('leaves every decision in the audit, with who and why', async () => {
    const entries = AuditEntry.array().parse(await stack.json('audit'));
    const done = entries.filter(({ outcome }) => outcome === 'done').map(({ action }) => action);
    expect(done).toEqual(expect.arrayContaining(['source.resume', 'quarantine.replay', 'quarantine.discard']));
    expect(entries.find(({ action }) => action === 'quarantine.discard')).toMatchObject({ reason: 'a typo' });
  });
});
