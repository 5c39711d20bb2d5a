import { beforeEach, describe, expect, test } from 'vitest';
import { planWindow } from '../../../activities/source/planWindow';
import { readCopy } from '../../../activities/source/readCopy';
import { startCopy } from '../../../activities/source/startCopy';
import type { Lease, Window } from '../../../shared/contracts/window';
import { problem } from '../../../shared/problem';
import { fakePorts } from '../../fakes/ports';
import { aTask, surroundings } from '../../support/activities';
import { pointAt } from '../../support/readPoint';
import { shopCatalog } from '../../support/shop';

const { version: _, ...content } = shopCatalog();
const columns = shopCatalog().tables[0]?.columns.map(({ name }) => ({ name, type: 'text' })) ?? [];
const without = (gone: string) => columns.filter(({ name }) => name !== gone);
const UPPER = '2026-01-01 00:00:00.000000';
const task = aTask();

let ports: ReturnType<typeof fakePorts>;
let lease: Lease;
let window: Window;

/** A shop whose users let the changes of this policy pass. */
async function shop(removed: 'report' | 'park') {
  ports = fakePorts(() => new Date('2026-01-01T00:00:10Z'));
  const sources = content.sources.map((source) => ({ ...source, schema: { ...source.schema, removed } }));
  await ports.catalogs.publish({ ...content, sources }, 'test');
  const held = await ports.ledger.acquire('users', task.run, 300);
  if (held.kind !== 'held') throw new Error('the lease is taken');
  lease = held.lease;
  window = await plan();
}
const plan = async () =>
  (
    (await planWindow.handler(ports, surroundings)({ task: { ...task, byHand: true }, lease, files: [] })) as {
      window: Window;
    }
  ).window;
const start = async () =>
  (await startCopy.handler(ports, surroundings)({ task, lease, window })) as { external: string; started: string };
const selected = (run: string) => String(ports.factory.runs.get(run)?.parameters['copyQuery']);

const lookup = (name: string, output: unknown) => ({
  name,
  type: 'Lookup',
  status: 'Succeeded',
  input: {},
  output,
  problem: null,
  properties: {},
});
const looked = (has: typeof columns) => [
  lookup('Read point', { firstRow: pointAt(UPPER) }),
  lookup('Columns', { value: has }),
];
const refusedBy = (has: typeof columns) => ({
  kind: 'failed' as const,
  problem: problem('SOURCE_QUERY', 'MySQL', '1054 unknown column.', 'Compare.'),
  activities: looked(has),
});
const doneWith = (has: typeof columns) => ({
  kind: 'succeeded' as const,
  activities: [
    ...looked(has),
    lookup('Count', { value: [{ row_count: '1' }] }),
    lookup('Copy rows', { rowsRead: 1, rowsCopied: 1 }),
  ],
});
const copiedFile = (output: object) => ({ ...lookup('Copy file', output), type: 'Copy' });
const read = async (copy: { external: string; started: string }) =>
  (await readCopy.handler(ports, surroundings)({ task, lease, window, copy })) as { kind: string };

describe('readCopy of a table that lost a column', () => {
  beforeEach(() => shop('park'));

  test('parks the window with the bound that was read and the difference', async () => {
    const copy = await start();
    ports.factory.finish(copy.external, refusedBy(without('gender')));
    expect(await read(copy)).toMatchObject({
      kind: 'parked',
      window: {
        state: 'parked',
        upper: UPPER,
        problem: { code: 'SCHEMA_REMOVED' },
        schema: { changes: [{ column: 'gender', kind: 'removed', after: null, policy: 'park' }] },
      },
    });
    window = await plan();
    expect(window).toMatchObject({ state: 'planned', attempt: '2', upper: UPPER, problem: null, schema: null });
  });

  test('passes another failure on as it is', async () => {
    const copy = await start();
    ports.factory.finish(copy.external, refusedBy(columns));
    expect(await read(copy)).toMatchObject({ kind: 'failed', problem: { code: 'SOURCE_QUERY' } });
  });
});

describe('readCopy under a policy that lets a removed column pass', () => {
  beforeEach(() => shop('report'));

  test('copies anew with NULL in its place, and takes it up again when it is back', async () => {
    const first = await start();
    expect(selected(first.external)).toContain('`gender`');
    ports.factory.finish(first.external, refusedBy(without('gender')));
    expect(await read(first)).toMatchObject({ kind: 'failed', problem: { transient: true } });

    window = await plan();
    const second = await start();
    expect(selected(second.external)).toContain('CAST(NULL AS CHAR) AS `gender`');
    ports.factory.finish(second.external, doneWith(without('gender')));
    expect(await read(second)).toMatchObject({ kind: 'copied' });

    window = await plan();
    const third = await start();
    ports.factory.finish(third.external, doneWith(columns));
    expect(await read(third)).toMatchObject({ kind: 'failed', problem: { transient: true } });

    window = await plan();
    const fourth = await start();
    expect(selected(fourth.external)).not.toContain('CAST(NULL');
    ports.factory.finish(fourth.external, doneWith(columns));
    expect(await read(fourth)).toMatchObject({ kind: 'copied' });
  });
});

describe('readCopy of files', () => {
  beforeEach(() => shop('report'));

  test('names the session logs of the copies that left lines out, once each, and of no other copy', async () => {
    const reports = { ...task, source: 'partner_buyers' };
    const held = await ports.ledger.acquire(reports.source, task.run, 300);
    if (held.kind !== 'held') throw new Error('the lease is taken');
    const folder = 'partner_buyers/window=1/f/copyactivity-logs/Copy file';
    for (const path of ['one/a.txt', 'one/b.txt', 'two/c.txt', 'three/d.txt'])
      await ports.lake.put('quarantine', `${folder}/${path}`, Buffer.from('x'));
    const activities = [
      copiedFile({ rowsRead: 3, rowsCopied: 1, rowsSkipped: 2, logFilePath: `quarantine/${folder}/one/` }),
      // The same folder twice, with a slash at its other end.
      copiedFile({ rowsRead: 3, rowsCopied: 2, rowsSkipped: 1, logFilePath: `quarantine/${folder}/two/` }),
      copiedFile({ rowsRead: 3, rowsCopied: 2, rowsSkipped: 1, logFilePath: `/quarantine/${folder}/two` }),
      copiedFile({ rowsRead: 3, rowsCopied: 3, rowsSkipped: 0, logFilePath: `quarantine/${folder}/three/` }),
    ];
    const external = await ports.factory.start('copy_landed_files', {}, 'k', '2026-01-01T00:00:00Z');
    ports.factory.finish(external, { kind: 'succeeded', activities });
    const copy = { external, started: '2026-01-01T00:00:00.000Z' };
    const of = { task: reports, lease: held.lease, window: { ...window, source: reports.source }, copy };
    expect(await readCopy.handler(ports, surroundings)(of)).toMatchObject({
      kind: 'copied',
      logs: ['one/a.txt', 'one/b.txt', 'two/c.txt'].map((path) => `quarantine/${folder}/${path}`),
    });
  });
});
