import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { markedProcesses } from '../../local/supervisor/processes';
import { DatasetList, RunDetail, SourceList } from '../../shared/contracts/api';
import { Run } from '../../shared/contracts/run';
import { recomputed } from '../support/equalsSource';
import { type TestStack, testStack } from '../support/stack';

let stack: TestStack;

beforeAll(async () => {
  stack = await testStack();
  const up = await stack.tidemark('up');
  expect(up, up.error).toMatchObject({ code: 0 });
  const seeded = await stack.tidemark('seed', '--users', '2000', '--seed', '5');
  expect(seeded, seeded.error).toMatchObject({ code: 0 });
});
afterAll(() => stack.dispose());

const run = async () => RunDetail.parse(await stack.json('run', '--wait', '--reason', 'scenario')).run;
const reportOf = (of: Run, source: string) => of.sources.find((one) => one.source === source);

/** Exports the published tables and reads them back. */
async function published(folder: string): Promise<Map<string, string>> {
  const out = join(stack.state, folder);
  expect(await stack.tidemark('export', '--out', out)).toMatchObject({ code: 0 });
  const files = await readdir(out);
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(out, file), 'utf8')] as const)),
  );
}

describe('the main job', () => {
  test('publishes the three tables of a full load, equal to the last byte with another engine and with the partner', async () => {
    const first = await run();
    expect(first.problem).toBeNull();
    expect(first.status).toBe('Succeeded');
    expect(reportOf(first, 'users')).toMatchObject({
      outcome: 'committed',
      read: '2000',
      landed: '2000',
      inserted: '2000',
    });
    const files = await published('first');
    for (const [name, text] of await recomputed(stack)) expect(files.get(name)).toBe(text);
    const compared = first.datasets.filter(({ cells }) => cells !== '0');
    expect(compared).toHaveLength(3);
    expect(compared.map(({ mismatches }) => mismatches)).toEqual(['0', '0', '0']);
  });

  test('reads after the shop has lived only what changed, and gold follows', async () => {
    const lived = await stack.tidemark('live', '--updates', '100', '--inserts', '10', '--deletes', '5', '--seed', '9');
    expect(lived).toMatchObject({ code: 0, out: '100 users did something, 10 joined, 5 left.\n' });
    const second = await run();
    expect(reportOf(second, 'users')).toMatchObject({
      outcome: 'committed',
      read: '115',
      landed: '115',
      inserted: '10',
      updated: '105', // a soft deletion updates its row
      deleted: '5',
    });
    const files = await published('second');
    for (const [name, text] of await recomputed(stack)) expect(files.get(name)).toBe(text);
  });

  test('finds nothing when nothing has changed, and the watermark never goes back', async () => {
    const watermark = async () =>
      SourceList.shape.sources.parse(await stack.json('sources')).find(({ source }) => source.name === 'users')
        ?.watermark?.cursor ?? '';
    const before = await watermark();
    expect(before).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
    const third = await run();
    expect(reportOf(third, 'users')).toMatchObject({ outcome: 'nothing-new', read: '0' });
    expect((await watermark()) >= before).toBe(true);
  });

  test('starts by itself when a file lands, for the source that reads it alone', async () => {
    const file = join(stack.state, 'countries.csv');
    await writeFile(file, 'code,name\nfr,France\nse,Suède\n');
    const { TIDEMARK_URL } = await stack.environment();
    expect(TIDEMARK_URL).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(await stack.tidemark('drop', file, 'countries/countries.csv')).toMatchObject({ code: 0 });
    const started = async () =>
      Run.array()
        .parse(await stack.json('runs', 'ls'))
        .find(({ trigger }) => trigger.kind === 'blob');
    await expect.poll(async () => (await started())?.status, { timeout: 120_000, interval: 500 }).toBe('Succeeded');
    expect((await started())?.sources).toEqual([
      expect.objectContaining({ source: 'countries', outcome: 'committed', landed: '2' }),
    ]);
  });

  test('lists what is published', async () => {
    const datasets = DatasetList.shape.datasets.parse(await stack.json('datasets'));
    expect(datasets.filter(({ published: path }) => path !== null).length).toBeGreaterThanOrEqual(3);
  });

  test('leaves no process behind when it is told to stop', async () => {
    expect(markedProcesses(stack.state).length).toBeGreaterThan(5);
    expect(await stack.tidemark('down')).toMatchObject({ code: 0, out: 'The local Azure is down.\n' });
    expect(markedProcesses(stack.state)).toEqual([]);
  });
});
