import { beforeEach, describe, expect, test } from 'vitest';
import { Run, type RunRequest } from '../../../shared/contracts/run';
import { shelfOf } from '../../../shared/windows/lane';
import { fakePorts } from '../../fakes/ports';
import { surroundings } from '../../support/activities';
import { exported } from '../../support/exported';
import { parquetOf } from '../../support/parquet';
import { limitOf, pointAt } from '../../support/readPoint';
import { shopCatalog } from '../../support/shop';
import { wired } from '../../support/wired';

const { version: _, ...content } = shopCatalog();
const typeOf = (name: string) => (name.endsWith('_at') ? 'datetime(6)' : 'text');
const columns = shopCatalog().tables[0]?.columns.map(({ name }) => ({ name, type: typeOf(name) })) ?? [];
const [A, B, C] = ['20260101T000000-0000aaaa', '20260102T000000-0000bbbb', '20260103T000000-0000cccc'];
const trigger = { kind: 'http', actor: 'ann', reason: 'test' } as const;
const at = (hour: number) => `2026-01-01 ${String(hour).padStart(2, '0')}:00:00.000000`;

let ports: ReturnType<typeof fakePorts>;
let clock: string;
/** How far the source can be read, whatever it is asked for. */
let reach: string;
/** Manifests that were merged, with the transaction that they were merged under. */
let merged: { manifest: string; app: string; aside: string }[];
/** What happens when something begins outside. */
let begun: (what: string) => Promise<void>;
const play = (name: string, request: RunRequest) => wired(ports, surroundings)(name, request);
const live = (run: string): RunRequest => ({ run, catalog: '1', sources: ['users'], trigger });
const reached = async () => (await ports.ledger.watermark('users'))?.cursor;

/** A factory and a Databricks that end what they start, as soon as it is begun: two rows a copy, up to its bound. */
beforeEach(async () => {
  [clock, reach] = [at(1), at(23)];
  [merged, begun] = [[], async () => undefined];
  ports = fakePorts(() => new Date('2026-01-03T00:00:00.000Z'));
  await ports.catalogs.publish(content, 'test');
  const { factory, notebooks } = ports;
  const [start, submit] = [factory.start.bind(factory), notebooks.start.bind(notebooks)];
  factory.start = async (pipeline, parameters, key, since) => {
    const run = await start(pipeline, parameters, key, since);
    await begun(pipeline);
    if ((await factory.look(run)).kind !== 'running') return run;
    const output = (name: string, value: unknown) => ({
      name,
      type: '',
      status: 'Succeeded',
      input: null,
      output: value,
      problem: null,
      properties: {},
    });
    if (parameters['folder'])
      await ports.lake.put('bronze', `${parameters['folder']}/part-0.parquet`, await parquetOf(2));
    if (pipeline === 'export_gold') await exported(ports.lake, run, parameters);
    const limit = limitOf(parameters['readPointQuery']) ?? clock;
    const activities = [
      output('Read point', { firstRow: pointAt(reach < limit ? reach : limit) }),
      output('Count', { value: [{ row_count: '2' }] }),
      output('Columns', { value: columns }),
      output('Copy rows', { rowsRead: 2, rowsCopied: 2 }),
    ];
    factory.finish(run, { kind: 'succeeded', activities });
    return run;
  };
  notebooks.start = async (notebook, parameters, token) => {
    const run = await submit(notebook, parameters, token);
    await begun(notebook);
    if ((await notebooks.look(run)).kind !== 'running') return run;
    const { manifest = '', txn_app: app = '', aside = '' } = parameters;
    if (notebook.startsWith('silver/')) merged.push({ manifest, app, aside });
    const rows = { merged: '2', duplicates: '0', quarantined: '0', inserted: '0', updated: '2', deleted: '0' };
    const published = { kind: 'published', rows: '2', published: `_published/${parameters['dataset']}/r.parquet` };
    notebooks.finish(run, {
      kind: 'succeeded',
      output: notebook.startsWith('silver/') ? { kind: 'applied', rows, files: [] } : published,
    });
    return run;
  };
  await play('medallion', live(A));
  expect(await reached()).toBe(at(1));
  clock = at(6);
  await play('medallion', live(B));
  expect(await reached()).toBe(at(6));
  merged = [];
});

const aside = {
  kind: 'backfill',
  lanes: C,
  source: 'users',
  from: at(1),
  to: at(6),
  size: '2h',
  parallel: 2,
} as const;

describe('backfill', () => {
  test('takes every piece from the copy to the commit in a lane of its own, and moves nothing else', async () => {
    const report = await play('backfill', { ...live(C), aside });
    expect(report).toMatchObject({ status: 'Succeeded', sources: [{ outcome: 'committed', read: '6', updated: '6' }] });
    expect(merged.map(({ app, aside: beside }) => [app, beside])).toEqual(
      ['0001', '0002', '0003'].map((lane) => [`source:users:${C}-${lane}`, 'true']),
    );
    expect(new Set(merged.map(({ manifest }) => manifest)).size).toBe(3);
    const bounds = [];
    for (const lane of ['0001', '0002', '0003']) {
      const windows = await ports.ledger.windows(shelfOf('users', `${C}-${lane}`), 5);
      bounds.push(...windows.map(({ lower, upper, state }) => [lower, upper, state]));
    }
    expect(bounds).toEqual([
      [at(1), at(3), 'committed'],
      [at(3), at(5), 'committed'],
      [at(5), at(6), 'committed'],
    ]);
    expect(await ports.ledger.watermark('users')).toMatchObject({ cursor: at(6), window: '2', run: B });
  });

  test('cut in the middle by a cancel it ends as cancelled, and a rerun takes only the lanes that are left', async () => {
    begun = async (what) => {
      if (what.startsWith('silver/') && merged.length === 1) {
        await ports.runs.cancel(C, { actor: 'ann', reason: 'enough', at: '2026-01-03T00:00:00.000Z' });
      }
    };
    const report = await play('backfill', { ...live(C), aside });
    expect(report).toMatchObject({ status: 'Cancelled', sources: [{ outcome: 'cancelled' }] });
    expect(Run.parse(await ports.runs.get(C)).status).toBe('Cancelled');
    for (const lane of ['0001', '0002', '0003']) {
      expect(await ports.ledger.holder(shelfOf('users', `${C}-${lane}`))).toBeNull();
    }
    const before = merged.length;
    begun = async () => undefined;
    const run = '20260104T000000-0000dddd';
    expect(await play('backfill', { ...live(run), aside, rerunOf: C })).toMatchObject({ status: 'Succeeded' });
    expect(new Set(merged.map(({ app }) => app)).size, 'every lane is merged').toBe(3);
    expect(merged.length - before).toBeLessThan(3);
  });
});

test('a backfill whose source has gone back below its end fails and says how far it came; a rerun goes on from there', async () => {
  const whole = { ...aside, size: null, parallel: 1 };
  reach = at(5);
  const report = await play('backfill', { ...live(C), aside: whole });
  const why = expect.stringContaining(`(${at(1)}, ${at(6)}] was read up to ${at(5)}:`);
  expect(report).toMatchObject({
    status: 'Failed',
    sources: [{ outcome: 'failed', lower: at(1), upper: at(5), problems: [{ code: 'WATERMARK_AHEAD', why }] }],
  });
  expect((await ports.outbox.list(5)).map(({ key }) => key)).toContain(`${C}/failed`);
  reach = at(23);
  const again = { ...live('20260104T000000-0000dddd'), aside: whole, rerunOf: C };
  expect(await play('backfill', again)).toMatchObject({
    status: 'Succeeded',
    sources: [{ outcome: 'committed', lower: at(5), upper: at(6), problems: [] }],
  });
});

test('a run as it was merges its own manifest again, copies nothing, and moves nothing else', async () => {
  const copies = ports.factory.runs.size;
  const report = await play('backfill', { ...live(C), aside: { kind: 'as-was', of: A } });
  expect(report).toMatchObject({
    status: 'Succeeded',
    sources: [{ source: 'users', outcome: 'committed', read: '2' }],
  });
  expect(merged).toEqual([
    { manifest: '_manifests/users/000000000001.json', app: `source:users:${C}-0001`, aside: 'true' },
  ]);
  const later = [...ports.factory.runs.values()].slice(copies);
  expect(later.every(({ pipeline }) => pipeline === 'export_gold')).toBe(true);
  expect(await ports.ledger.watermark('users')).toMatchObject({ cursor: at(6), window: '2', run: B });
});

test('after a reset to the past the next run reads from there, under a new number and the live transaction', async () => {
  const own = await ports.ledger.acquire('users', C, 60);
  if (own.kind !== 'held') throw new Error('the source is held');
  await ports.ledger.reset(own.lease, at(1), 'ann: again');
  await ports.ledger.release(own.lease);
  const report = await play('medallion', live('20260104T000000-0000dddd'));
  expect(report).toMatchObject({ sources: [{ outcome: 'committed', window: '3', lower: at(1), upper: at(6) }] });
  expect(merged).toEqual([{ manifest: '_manifests/users/000000000003.json', app: 'source:users', aside: '' }]);
});
