import { beforeEach, describe, expect, test } from 'vitest';
import { startDeletes } from '../../../activities/keys/startDeletes';
import { startCompare } from '../../../activities/listing/startCompare';
import { startListing } from '../../../activities/listing/startListing';
import type { Services, Wanted } from '../../../functions/services';
import { serviceOf } from '../../../shared/contracts/outside';
import { type Run, Step } from '../../../shared/contracts/run';
import { problem } from '../../../shared/problem';
import { recordOf } from '../../../shared/runs/record';
import { datasetReport, replayed, stopped } from '../../../shared/runs/reports';
import { type UpkeepOf, upkeepRun } from '../../../shared/runs/upkeepRun';
import { fakePorts } from '../../fakes/ports';
import { aTask, surroundings } from '../../support/activities';
import { caller } from '../../support/caller';
import { shopCatalog, shopYaml } from '../../support/shop';
import { aWindow } from '../../support/windows';

const RUN = '20260101T000000-0000abcd';
const started = '2026-01-01T00:00:00.000Z';
const failed = stopped('users', 'failed', problem('SOURCE_ACCESS', 'users', 'no.', 'Mend it.'));

let ports: ReturnType<typeof fakePorts>;
let wanted: Wanted[];
let now: Date;
let alive: boolean;
let call: ReturnType<typeof caller>;

const record = (over: Partial<Run>): Run => ({
  ...recordOf(
    { run: RUN, catalog: '1', sources: ['users'], trigger: { kind: 'http', actor: 'ann', reason: 'r' } },
    { status: 'Running', started, ended: null },
  ),
  ...over,
});
const running = (name: Step['name'], external: string) =>
  ports.runs.putStep(
    Step.parse({
      run: RUN,
      id: `users/${name}`,
      subject: 'users',
      name,
      status: 'Running',
      started,
      ended: null,
      external,
    }),
  );
const audit = async () =>
  (await ports.audit.list(10)).map(({ action, outcome, after }) => ({ action, outcome, after }));

beforeEach(() => {
  now = new Date('2026-01-01T00:00:10.000Z');
  ports = fakePorts(() => now);
  wanted = [];
  alive = true;
  const services: Services = {
    ports,
    catalog: async () => shopCatalog(),
    publicUrl: 'https://tidemark.example',
    instances: () => ({
      look: async () => (alive ? { kind: 'alive', moved: now } : { kind: 'absent' }),
      terminate: async () => undefined,
      purge: async () => undefined,
      tellEnded: async () => undefined,
    }),
    start: async (_context, { catalog, ...of }) => {
      if (!wanted.some(({ run }) => run === of.run)) wanted.push({ ...of, catalog });
      return { ...of, sources: [...of.sources], catalog: catalog.version };
    },
    maintain: async () => undefined,
    erase: () => Promise.reject(new Error('nobody is erased here')),
  };
  call = caller(services);
});

describe('startRun', () => {
  test('is the same run for the same key, whenever it comes again', async () => {
    const first = await call('startRun', {}, { reason: 'r' }, 'k');
    now = new Date('2026-01-02T00:00:00.000Z');
    const again = await call('startRun', {}, { reason: 'r' }, 'k');
    expect(first).toMatchObject({ status: 202, body: { run: expect.stringMatching(/^20260101T/) } });
    expect(again).toEqual(first);
    expect(wanted).toHaveLength(1);
    expect(await audit()).toEqual([{ action: 'run.start', outcome: 'done', after: 'started' }]);
  });

  test('refuses a plan of other sources, and does not say that it is the ledger that moved', async () => {
    const { body } = await call('getPlan', { source: 'users' });
    expect((await call('startRun', {}, { plan: body.plan, sources: ['users'] })).status).toBe(202);
    expect(await call('startRun', {}, { plan: body.plan })).toMatchObject({
      status: 409,
      body: { problem: { code: 'PLAN_STALE', why: expect.stringContaining('a plan of other sources') } },
    });
  });

  test('refuses a key that stood for another request', async () => {
    await call('startRun', {}, {}, 'k');
    const other = await call('startRun', {}, { sources: ['users'] }, 'k');
    expect(other).toMatchObject({ status: 409, body: { problem: { code: 'KEY_REUSED' } } });
    expect(wanted).toHaveLength(1);
  });

  test('compares keys when it is asked to, of sources that say how', async () => {
    await call('startRun', {}, { sources: ['users'], deletes: true, acceptDeletes: '12' });
    expect(wanted).toMatchObject([{ sources: ['users'], keys: { accepted: '12' } }]);
    expect(await call('startRun', {}, { acceptDeletes: '12' })).toMatchObject({ status: 400 });
    const silent = await call('startRun', {}, { sources: ['countries'], deletes: true });
    expect(silent).toMatchObject({ status: 400, body: { problem: { code: 'REQUEST_INVALID' } } });
    expect(wanted).toHaveLength(1);
  });

  test('holds bronze and silver against its sources when it is asked to', async () => {
    await call('startRun', {}, { sources: ['users'], reconcile: true });
    await call('startRun', {}, { sources: ['users'] });
    expect(wanted).toMatchObject([{ sources: ['users'], reconcile: true }, { sources: ['users'] }]);
    expect(wanted[1]).not.toHaveProperty('reconcile');
  });

  test('is another run without a key', async () => {
    await call('startRun', {}, {});
    await call('startRun', {}, {});
    expect(wanted).toHaveLength(2);
  });
});

describe('cancelRun', () => {
  test('marks the run and stops what it has started outside', async () => {
    await ports.runs.put(record({}));
    const copy = await ports.factory.start('copy', {}, 'k', started);
    const apply = await ports.notebooks.start('silver/apply_window', {}, 't');
    await running('copy', copy);
    await running('apply', apply);
    expect(await call('cancelRun', { run: RUN }, { reason: 'too slow' })).toMatchObject({ status: 202 });
    expect(await ports.runs.cancellation(RUN)).toMatchObject({ actor: 'ann', reason: 'too slow' });
    expect(await ports.factory.look(copy)).toMatchObject({ kind: 'cancelled' });
    expect(await ports.notebooks.look(apply)).toMatchObject({ kind: 'cancelled' });
    expect(await ports.runs.get(RUN)).toMatchObject({ status: 'Running', ended: null });
  });

  test.each(Step.shape.name.options.map((name) => [name, serviceOf[name]] as const))(
    'stops whatever runs outside for the step %s: %s',
    async (name, service) => {
      await ports.runs.put(record({}));
      const outside =
        service === 'factory'
          ? await ports.factory.start('any', {}, 'k', started)
          : await ports.notebooks.start('any', {}, 't');
      await running(name, service === null ? '' : outside);
      await call('cancelRun', { run: RUN }, { reason: 'too slow' });
      const look = await ports[service ?? 'notebooks'].look(outside);
      expect(look.kind).toBe(service === null ? 'running' : 'cancelled');
    },
  );

  test.each([
    [startListing, { listing: { kind: 'keys' } }],
    [startListing, { listing: { kind: 'sums' } }],
    [startListing, { listing: { kind: 'rows', buckets: ['000'] } }],
    [startDeletes, { begun: started }],
    [startCompare, { listing: { kind: 'sums' } }],
    [startCompare, { listing: { kind: 'rows', buckets: ['000'] } }],
  ])('stops what %# of a comparison has begun', async (activity, of) => {
    const { version: _, ...content } = shopCatalog();
    await ports.catalogs.publish(content, 'test');
    await ports.runs.put(record({}));
    const held = await ports.ledger.acquire('users', RUN, 300);
    if (held.kind !== 'held') throw new Error('the lease is taken');
    const window = aWindow({ run: RUN, upper: '2026-01-01 00:00:00.000000' });
    await ports.ledger.plan(held.lease, { ...window, upper: null });
    await ports.ledger.commit(held.lease, await ports.ledger.advance(held.lease, { ...window, state: 'landed' }));
    await activity.handler(ports, surroundings)({ task: aTask({ run: RUN }), lease: held.lease, attempt: 1, ...of });
    await call('cancelRun', { run: RUN }, { reason: 'too slow' });
    const states = [...ports.factory.runs.values(), ...ports.notebooks.runs.values()].map(({ state }) => state.kind);
    expect(states).toEqual(['cancelled']);
  });

  test('ends a run whose orchestrator is gone, and gives its leases back', async () => {
    await ports.runs.put(record({}));
    await ports.ledger.acquire('users', RUN, 300);
    alive = false;
    await call('cancelRun', { run: RUN }, { reason: 'dead' });
    expect(await ports.runs.get(RUN)).toMatchObject({
      status: 'Cancelled',
      ended: now.toISOString(),
      problem: { code: 'RUN_CANCELLED' },
    });
    expect(await ports.ledger.holder('users')).toBeNull();
  });

  test('leaves a run that has ended as it ended, and the lease to whoever holds it', async () => {
    await ports.runs.put(record({ status: 'Succeeded', ended: started }));
    await ports.ledger.acquire('users', '20260101T000000-ffffffff', 300);
    alive = false;
    const late = await call('cancelRun', { run: RUN }, { reason: 'late' });
    expect(late).toMatchObject({ status: 409, body: { problem: { code: 'RUN_ENDED' } } });
    expect(await ports.runs.get(RUN)).toMatchObject({ status: 'Succeeded' });
    expect(await ports.ledger.holder('users')).toBe('20260101T000000-ffffffff');
    expect(await audit()).toEqual([
      { action: 'run.cancel', outcome: 'refused', after: expect.stringMatching(/^RUN_ENDED/) },
    ]);
  });

  test.each([[undefined], [{}], [{ reason: '  ' }]])('asks for a reason: %j', async (body) => {
    await ports.runs.put(record({}));
    expect(await call('cancelRun', { run: RUN }, body)).toMatchObject({ status: 400 });
    expect(await ports.runs.cancellation(RUN)).toBeNull();
  });
});

describe('rerunRun', () => {
  test('starts a run of what is left, and says whose', async () => {
    await ports.runs.put(record({ status: 'Failed', ended: started, sources: [failed] }));
    const { status, body } = await call('rerunRun', { run: RUN }, { reason: 'mended' }, 'k');
    expect(status).toBe(202);
    expect(wanted).toMatchObject([{ run: body.run, rerunOf: RUN, sources: ['users'], datasets: [] }]);
    expect(await call('rerunRun', { run: RUN }, { reason: 'mended' }, 'k')).toMatchObject({ body });
    expect(wanted).toHaveLength(1);
  });

  test('refuses a run that is under way, and one of which nothing is left', async () => {
    await ports.runs.put(record({}));
    const active = await call('rerunRun', { run: RUN }, { reason: 'r' }, 'k');
    expect(active).toMatchObject({ status: 409, body: { problem: { code: 'RUN_ACTIVE' } } });
    await ports.runs.put(record({ status: 'Succeeded', ended: started, wanted: [] }));
    const done = await call('rerunRun', { run: RUN }, { reason: 'r' }, 'k');
    expect(done).toMatchObject({ status: 409, body: { problem: { code: 'RUN_ENDED' } } });
    expect(wanted).toEqual([]);
  });
});

describe('rerunRun of what is no ordinary run', () => {
  const at = '2026-01-01T00:00:30.000Z';
  const { run, catalog, trigger } = record({});
  const upkeep = { run, catalog, trigger, wanted: ['users'], tables: ['users'] };
  const erasure: UpkeepOf = { ...upkeep, kind: 'erasure' };
  const maintenance: UpkeepOf = { ...upkeep, kind: 'maintenance', wanted: [], tables: ['users', 'orders'] };
  const asked = { run, catalog, trigger, sources: ['users'], replay: true };
  const replay = recordOf(asked, { status: 'Failed', started, ended: at, sources: [failed] });

  test.each([
    ['an erasure that failed', upkeepRun(erasure, 'Failed', started, at), 'tidemark erase KEY --table users'],
    ['an erasure that is done', upkeepRun(erasure, 'Succeeded', started, at), 'tidemark erase KEY --table users'],
    ['maintenance of tables', upkeepRun(maintenance, 'Failed', started, at), 'maintain --table users --table orders'],
    ['maintenance', upkeepRun({ ...maintenance, tables: [] }, 'Failed', started, at), '`tidemark maintain`'],
    ['a replay that failed', replay, 'tidemark quarantine replay'],
  ])('%s is refused, and the answer names the command to give again', async (_what, run, command) => {
    await ports.runs.put(run);
    const { status, body } = await call('rerunRun', { run: RUN }, { reason: 'again' });
    expect([status, body.problem?.code]).toEqual([409, 'RUN_ENDED']);
    expect(body.problem?.next).toContain(command);
    expect(wanted).toEqual([]);
  });

  test('of a replay whose rows are in silver, the gold that they did not reach is taken up', async () => {
    const outcome = { merged: '1', duplicates: '0', quarantined: '0', inserted: '1', updated: '0', unchanged: '0' };
    const source = replayed('users', { kind: 'replayed', outcome: { ...outcome, deleted: '0' }, again: [] });
    await ports.runs.put({ ...replay, sources: [source], datasets: [datasetReport('users', 'failed')] });
    expect(await call('rerunRun', { run: RUN }, { reason: 'mended' })).toMatchObject({ status: 202 });
    expect(wanted).toMatchObject([{ sources: [], datasets: expect.arrayContaining(['users']) }]);
  });
});

describe('resetWatermark', () => {
  const source = 'users';
  const [past, at] = ['2026-01-01 00:00:00.000000', '2026-01-02 00:00:00.000000'];
  const body = { to: past, from: at, reason: 'wrong rows' };
  const reset = (over: object = {}, key?: string) => call('resetWatermark', { source }, { ...body, ...over }, key);

  beforeEach(async () => {
    const held = await ports.ledger.acquire(source, RUN, 300);
    if (held.kind !== 'held') throw new Error('the lease is taken');
    const window = aWindow({ upper: at });
    await ports.ledger.plan(held.lease, window);
    await ports.ledger.commit(held.lease, await ports.ledger.advance(held.lease, { ...window, state: 'landed' }));
    await ports.ledger.release(held.lease);
  });

  test('moves the watermark back, once for a key, and gives the lease back', async () => {
    const first = await reset({}, 'k');
    expect(first).toMatchObject({ status: 200, body: { before: at, watermark: { cursor: past } } });
    expect(await reset({}, 'k')).toEqual(first);
    expect(await ports.ledger.holder(source)).toBeNull();
    const history = await ports.ledger.history(source, 10);
    expect(history.filter(({ what }) => what === 'reset')).toMatchObject([
      { detail: expect.stringContaining('ann: wrong rows') },
    ]);
    expect(await ports.audit.list(1)).toMatchObject([
      { action: 'watermark.reset', outcome: 'done', before: at, after: past },
    ]);
  });

  test('waits for nobody: a source that a run holds is busy', async () => {
    await ports.ledger.acquire(source, RUN, 300);
    expect(await reset()).toMatchObject({ status: 409, body: { problem: { code: 'SOURCE_BUSY' } } });
    expect(await ports.ledger.watermark(source)).toMatchObject({ cursor: at });
  });

  test.each([
    [{ to: '2099-01-01' }, 409, 'WATERMARK_AHEAD'],
    [{ to: null }, 409, 'FULL_LOAD_UNASKED'],
    [{ from: past }, 409, 'WINDOW_CONFLICT'],
    [{ to: 'x' }, 400, 'CURSOR_INVALID'],
    [{ reason: '' }, 400, 'REQUEST_INVALID'],
  ])('refuses %j and leaves the lease and the watermark as they were', async (over, status, code) => {
    expect(await reset(over)).toMatchObject({ status, body: { problem: { code } } });
    expect(await ports.ledger.holder(source)).toBeNull();
    expect(await ports.ledger.watermark(source)).toMatchObject({ cursor: at });
  });
});

test('publishing a catalog is kept with who, why, and which version came after which', async () => {
  const one = await call('publishCatalog', { reason: 'first' }, shopYaml());
  const other = await call('publishCatalog', {}, `${shopYaml()}\n`.replace('parallelSources: 8', 'parallelSources: 7'));
  expect([one.body.version, other.body.version]).toEqual(['1', '2']);
  const entries = await ports.audit.list(5);
  expect(entries.map(({ reason, before, after }) => [reason, before, after])).toEqual(
    expect.arrayContaining([
      ['first', 'none', 'version 1'],
      ['published', 'version 1', 'version 2'],
    ]),
  );
});
