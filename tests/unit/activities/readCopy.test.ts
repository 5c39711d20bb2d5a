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
