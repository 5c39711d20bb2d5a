import { beforeEach, describe, expect, test } from 'vitest';
import { planGold } from '../../../activities/gold/planGold';
import { readExport } from '../../../activities/gold/readExport';
import { readPublish } from '../../../activities/gold/readPublish';
import { startExport } from '../../../activities/gold/startExport';
import { startPublish } from '../../../activities/gold/startPublish';
import type { Implemented } from '../../../activities/implement';
import { readApply } from '../../../activities/source/readApply';
import { readCopy } from '../../../activities/source/readCopy';
import { startApply } from '../../../activities/source/startApply';
import { startCopy } from '../../../activities/source/startCopy';
import { takeLease } from '../../../activities/source/takeLease';
import { committed } from '../../../shared/runs/reports';
import { fakePorts } from '../../fakes/ports';
import { aTask, surroundings } from '../../support/activities';
import { shopCatalog } from '../../support/shop';
import { aWindow } from '../../support/windows';

const { version: _, ...content } = shopCatalog();
const task = aTask({ byHand: true });
const { run, pace } = task;
const gold = { run, catalog: '1', dataset: 'users', pace, needs: [], publish: true, reconcile: false, inputs: {} };
const started = '2026-01-01T00:00:00.000Z';

let ports: ReturnType<typeof fakePorts>;
let lease: { source: string; holder: string; fence: string };
const ask = (activity: Implemented, input: unknown) => activity.handler(ports, surroundings)(input);
const cancel = () => ports.runs.cancel(run, { actor: 'ann', reason: 'too slow', at: started });
const work = () => ({ task, lease, window: aWindow({ catalog: '1' }) });

beforeEach(async () => {
  ports = fakePorts(() => new Date(started));
  await ports.catalogs.publish(content, 'test');
  const held = await ports.ledger.acquire('users', run, 300);
  if (held.kind !== 'held') throw new Error('the lease is taken');
  lease = held.lease;
});

describe('a cancelled run', () => {
  test.each([
    ['takeLease', () => ask(takeLease, { task, wait: null })],
    ['startCopy', () => ask(startCopy, work())],
    ['startApply', () => ask(startApply, { ...work(), attempt: 1 })],
    ['startPublish', () => ask(startPublish, { task: gold, attempt: 1 })],
    ['startExport', () => ask(startExport, { task: gold, published: 'a/b.parquet', attempt: 1 })],
  ])('%s begins nothing, and answers so at once instead of being tried again', async (_name, begin) => {
    await cancel();
    expect(await begin()).toMatchObject({
      refused: { code: 'RUN_CANCELLED', why: expect.stringContaining('too slow') },
    });
    expect([ports.factory.runs.size, ports.notebooks.runs.size]).toEqual([0, 0]);
  });

  test.each([
    ['copy', startCopy, readCopy, () => work(), {}, 'copy', {}],
    [
      'export',
      startExport,
      readExport,
      () => ({ task: gold, published: 'a/b.parquet' }),
      { attempt: 1 },
      'exported',
      { rows: '1' },
    ],
  ])(
    'a look at its %s tells the factory to stop, also when the copy began after the mark',
    async (_name, start, read, input, begun, as, looked) => {
      const external = await ask(start, { ...input(), ...begun });
      await cancel();
      expect(await ask(read, { ...input(), ...looked, [as]: external })).toMatchObject({
        kind: 'failed',
        problem: { code: 'RUN_CANCELLED' },
      });
      expect([...ports.factory.runs.values()].map(({ state }) => state.kind)).toEqual(['cancelled']);
      expect(await ports.runs.steps(run)).toMatchObject([{ status: 'Failed', problem: { code: 'RUN_CANCELLED' } }]);
    },
  );

  test.each([
    ['merge', startApply, readApply, () => work(), 'apply'],
    ['notebook of gold', startPublish, readPublish, () => ({ task: gold }), 'publish'],
  ])('a look at its %s tells Databricks to stop', async (_name, start, read, input, as) => {
    const external = await ask(start, { ...input(), attempt: 1 });
    await cancel();
    expect(await ask(read, { ...input(), [as]: external })).toMatchObject({ problem: { code: 'RUN_CANCELLED' } });
    expect([...ports.notebooks.runs.values()].map(({ state }) => state.kind)).toEqual(['cancelled']);
  });

  test('leaves the gold that it would have computed to the next run', async () => {
    const landed = aWindow({ account: { counted: '1', read: '1', landed: '1', rejected: '0' } });
    const request = { run, catalog: '1', sources: ['users'], trigger: { kind: 'timer', schedule: 's', tick: started } };
    const input = { request, sources: [committed(landed, [])] };
    expect(await ask(planGold, input)).toMatchObject({ blocked: [], tasks: { length: 4 } });
    await cancel();
    expect(await ask(planGold, input)).toMatchObject({
      tasks: [],
      blocked: { length: 4, 0: { outcome: 'cancelled' } },
    });
  });
});

test('a factory run that was cancelled in the factory itself is a failure that says so', async () => {
  const copy = (await ask(startCopy, work())) as { external: string };
  await ports.factory.cancel(copy.external);
  expect(await ask(readCopy, { ...work(), copy })).toMatchObject({ problem: { code: 'OUTSIDE_CANCELLED' } });
});
