import { beforeEach, describe, expect, test } from 'vitest';
import { openAside } from '../../../activities/aside/openAside';
import { planGold } from '../../../activities/gold/planGold';
import type { Implemented } from '../../../activities/implement';
import { commitWindow } from '../../../activities/source/commitWindow';
import { planWindow } from '../../../activities/source/planWindow';
import { startApply } from '../../../activities/source/startApply';
import { startCopy } from '../../../activities/source/startCopy';
import { takeLease } from '../../../activities/source/takeLease';
import type { Lane } from '../../../shared/contracts/lane';
import type { DatasetTask, SourceTask } from '../../../shared/contracts/steps';
import type { Lease, Window } from '../../../shared/contracts/window';
import { nothingNew } from '../../../shared/runs/reports';
import { upkeepRun } from '../../../shared/runs/upkeepRun';
import { shelfOf } from '../../../shared/windows/lane';
import { attemptFolder } from '../../../shared/windows/paths';
import { fakePorts } from '../../fakes/ports';
import { aTask, surroundings } from '../../support/activities';
import { shopCatalog } from '../../support/shop';
import { aWindow } from '../../support/windows';

const { version: _, ...content } = shopCatalog();
const [LIVE, RUN] = ['20260101T000000-0000aaaa', '20260102T000000-0000bbbb'];
const [from, until, at] = ['2026-01-01 00:00:00.000000', '2026-01-01 12:00:00.000000', '2026-01-02 00:00:00.000000'];
const trigger = { kind: 'http', actor: 'ann', reason: 'r' } as const;
const account = { counted: '3', read: '3', landed: '3', rejected: '0' };

let ports: ReturnType<typeof fakePorts>;
const ask = async <T>(activity: Implemented, input: unknown) =>
  (await activity.handler(ports, surroundings)(input)) as T;
const taskIn = (lane?: Lane): SourceTask => {
  const task = aTask({ run: RUN, byHand: true });
  return lane ? { ...task, lane } : task;
};
const range = (name: string): Lane => ({ kind: 'range', name, from, until });
const leaseOf = async (task: SourceTask) => (await ask<{ lease: Lease }>(takeLease, { task, wait: null })).lease;
const plan = (task: SourceTask, lease: Lease) =>
  ask<{ kind: string; window: Window }>(planWindow, { task, lease, files: [], until: null });
const live = () => ports.ledger.watermark('users');

beforeEach(async () => {
  ports = fakePorts(() => new Date('2026-01-02T00:00:10.000Z'));
  await ports.catalogs.publish(content, 'test');
  const held = await ports.ledger.acquire('users', LIVE, 300);
  if (held.kind !== 'held') throw new Error('the lease is taken');
  const window = aWindow({ run: LIVE, catalog: '1', upper: at, manifest: '_manifests/users/1.json', account });
  await ports.ledger.plan(held.lease, { ...window, upper: null });
  await ports.ledger.commit(held.lease, await ports.ledger.advance(held.lease, { ...window, state: 'landed' }));
});

describe('a lane of a backfill', () => {
  test('takes its range through beside a live run that holds the source, and leaves the watermark where it is', async () => {
    const task = taskIn(range('r-0001'));
    const lease = await leaseOf(task);
    expect(lease.source).toBe('users~r-0001');
    const { window } = await plan(task, lease);
    expect(window).toMatchObject({ number: '1', lower: from, upper: until, mode: 'incremental', lane: 'r-0001' });
    const landed = await ports.ledger.advance(lease, { ...window, state: 'landed', account, manifest: 'm' });
    await ask(commitWindow, { task, lease, window: landed });
    expect(await live()).toMatchObject({ cursor: at, window: '1' });
    expect(await ports.ledger.holder('users')).toBe(LIVE);
    expect(await ports.ledger.windows('users', 10)).toHaveLength(1);
    expect(await ports.ledger.windows(shelfOf('users', 'r-0001'), 10)).toMatchObject([{ state: 'committed' }]);
    expect(await plan(task, lease), 'a lane that is through does nothing').toEqual({ kind: 'nothing-new' });
  });

  test('goes on from where a window that was cut short ended', async () => {
    const task = taskIn(range('r-0001'));
    const lease = await leaseOf(task);
    const { window } = await plan(task, lease);
    const short = { ...window, state: 'landed', upper: '2026-01-01 06:00:00.000000', account } as const;
    await ask(commitWindow, { task, lease, window: await ports.ledger.advance(lease, short) });
    await ports.ledger.release(lease);
    const rerun = { ...task, run: '20260103T000000-0000cccc' };
    const again = await plan(rerun, await leaseOf(rerun));
    expect(again.window).toMatchObject({ number: '2', lower: short.upper, upper: until });
  });

  test('shares no copy, folder, manifest or merge with the other lanes and the live windows', async () => {
    for (const lane of [range('r-0001'), range('r-0002'), undefined]) {
      const task = taskIn(lane);
      await ports.ledger.release({ source: 'users', holder: LIVE, fence: '1' });
      const lease = await leaseOf(task);
      const { window } = await plan(task, lease);
      await ask(startCopy, { task, lease, window });
      await ask(startApply, { task, lease, window, attempt: 1 });
    }
    const copies = [...ports.factory.runs.values()].map(({ parameters }) => parameters);
    expect(new Set(copies.map(({ runKey }) => runKey)).size).toBe(3);
    expect(new Set(copies.map(({ folder }) => folder)).size).toBe(3);
    const merges = [...ports.notebooks.runs.values()].map(({ parameters }) => parameters);
    expect(merges.map(({ txn_app, aside }) => [txn_app, aside])).toEqual([
      ['source:users:r-0001', 'true'],
      ['source:users:r-0002', 'true'],
      ['source:users', ''],
    ]);
    expect(new Set(merges.map(({ manifest }) => manifest)).size).toBe(3);
  });
});

describe('gold', () => {
  const next = { run: RUN, catalog: '1', sources: ['users'], trigger };
  /** What the next run has to compute when it finds nothing new in the source. */
  const due = async () => {
    const { tasks } = await ask<{ tasks: DatasetTask[] }>(planGold, { request: next, sources: [nothingNew('users')] });
    return tasks;
  };
  const publish = async (tasks: DatasetTask[]) => {
    const form = { run: RUN, serial: '1', rows: '3', published: 'p', exported: 'e', at: '2026-01-02T00:00:10.000Z' };
    for (const { dataset, inputs } of tasks) await ports.publications.put({ ...form, dataset, inputs });
  };
  const throughLane = async (name: string, landed: string) => {
    const task = taskIn(range(name));
    const lease = await leaseOf(task);
    const { window } = await plan(task, lease);
    const moved = { ...window, state: 'landed', account: { ...account, landed }, manifest: 'm' } as const;
    await ask(commitWindow, { task, lease, window: await ports.ledger.advance(lease, moved) });
  };

  test('that a backfill left behind, since it could not publish it, is computed by the next run of the source', async () => {
    await publish(await due());
    expect(await due(), 'it is up to date').toEqual([]);
    await throughLane('r-0001', '3');
    const behind = await due();
    expect(behind.map(({ dataset }) => dataset)).toEqual(content.datasets.map(({ name }) => name));
    await publish(behind);
    expect(await due(), 'it has caught up').toEqual([]);
  });

  test('has nothing to do with a window beside the live ones that brought no row', async () => {
    await publish(await due());
    await throughLane('r-0001', '0');
    expect(await due()).toEqual([]);
  });
});

describe('a run as it was', () => {
  test('merges the manifests of that run again, and copies nothing', async () => {
    const request = {
      run: RUN,
      catalog: '1',
      sources: ['users', 'countries'],
      trigger,
      aside: { kind: 'as-was', of: LIVE },
    };
    const { tasks } = await ask<{ tasks: SourceTask[] }>(openAside, request);
    expect(tasks).toMatchObject([
      { source: 'users', lane: { kind: 'replay', name: `${RUN}-0001`, window: { number: '1' } } },
    ]);
    const [task] = tasks as [SourceTask];
    const lease = await leaseOf(task);
    const { window } = await plan(task, lease);
    expect(window).toMatchObject({ state: 'landed', manifest: '_manifests/users/1.json', catalog: '1' });
    await ask(startApply, { task, lease, window, attempt: 1 });
    expect([...ports.notebooks.runs.values()][0]?.parameters).toMatchObject({
      manifest: '_manifests/users/1.json',
      txn_app: `source:users:${RUN}-0001`,
      aside: 'true',
    });
    await ask(commitWindow, { task, lease, window });
    expect(await plan(task, lease)).toEqual({ kind: 'nothing-new' });
    expect(await live()).toMatchObject({ cursor: at, window: '1', run: LIVE });
    expect(ports.factory.runs.size).toBe(0);
  });
});

test('no lane begins beside an erasure in its table, which would cut the log that its merge goes by', async () => {
  const [kind, when] = ['erasure', '2026-01-02T00:00:00.000Z'] as const;
  const erasure = { run: LIVE, catalog: '1', wanted: ['users'], trigger, kind, tables: ['users'] };
  const request = { run: RUN, catalog: '1', sources: ['users'], trigger, aside: { kind: 'as-was', of: LIVE } };
  await ports.runs.put(upkeepRun(erasure, 'Running', when, null));
  expect(await ask(openAside, request)).toMatchObject({
    tasks: [],
    busy: [{ code: 'SOURCE_BUSY', where: 'users', why: expect.stringContaining(LIVE) }],
  });
  await ports.runs.put(upkeepRun(erasure, 'Succeeded', when, when));
  expect(await ask(openAside, request)).toMatchObject({ tasks: [{ source: 'users' }], busy: [] });
});

test('a folder in a lane lies below that of its source', () => {
  expect(attemptFolder(aWindow({ lane: 'r-0001' }))).toBe('users/lane=r-0001/window=1/attempt=1');
});
