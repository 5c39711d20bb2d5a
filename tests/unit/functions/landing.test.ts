import type { EventGridEvent, InvocationContext } from '@azure/functions';
import { describe, expect, test } from 'vitest';
import type { Services, Wanted } from '../../../functions/services';
import { onBlob } from '../../../functions/triggers/onBlob';
import { sweep } from '../../../functions/triggers/sweep';
import { runId } from '../../../shared/runs/id';
import { recordOf } from '../../../shared/runs/record';
import { landingScene } from '../../support/landing';
import { aWindow } from '../../support/windows';

const context = { warn: () => undefined, log: () => undefined } as unknown as InvocationContext;

async function scene(change = {}) {
  const landing = await landingScene(change);
  const started = new Map<string, Wanted>();
  let starts = 0;
  const services = {
    ports: landing.ports,
    catalog: async () => landing.catalog,
    start: async (_: InvocationContext, wanted: Wanted) => {
      starts += 1;
      started.set(wanted.run, wanted);
    },
  } as unknown as Services;
  const etagOf = async (name: string) =>
    (await landing.ports.lake.list('landing', 'countries')).find(({ path }) => path === `countries/${name}`)?.etag ??
    '0x0';
  const event = async (name: string, etag?: string, at = landing.ports.now()) =>
    onBlob(services)(
      {
        eventType: 'Microsoft.Storage.BlobCreated',
        eventTime: at.toISOString(),
        subject: `/blobServices/default/containers/landing/blobs/countries/${name}`,
        data: { api: 'FlushWithClose', eTag: etag ?? (await etagOf(name)), contentLength: 3 },
      } as unknown as EventGridEvent,
      context,
    );
  return { ...landing, started, starts: () => starts, event, sweep: () => sweep(services, landing.catalog, context) };
}
const CSV = 'code,name\nfr,France\n';

describe('an event', () => {
  test('that comes five times starts one run, and its file needs no rest', async () => {
    const { put, event, look, started } = await scene();
    await put('a.csv', CSV);
    for (let times = 0; times < 5; times += 1) await event('a.csv');
    expect([...started.values()]).toMatchObject([
      { sources: ['countries'], trigger: { kind: 'blob', path: 'countries/a.csv' } },
    ]);
    expect((await look()).ready).toHaveLength(1);
  });

  test('for a file that was read before starts nothing', async () => {
    const { put, event, read, commit, started } = await scene();
    await put('a.csv', CSV);
    await commit('1', (await read()).files);
    await event('a.csv');
    expect(started.size).toBe(0);
  });

  test('that comes late does not undo what is known of a newer version', async () => {
    const { put, event, look, ports, pass } = await scene();
    await put('a.csv', CSV);
    const early = ports.now();
    pass(5);
    await put('a.csv', `${CSV}se,Suède\n`);
    await event('a.csv');
    await event('a.csv', '0xold', early);
    expect((await look()).ready, 'the newer one is still known to be whole').toHaveLength(1);
  });

  test.each([
    ['while a run is at work', true],
    ['before the first of them has begun', false],
  ])('of one of many files that come %s joins the one run that waits for all of them', async (_when, working) => {
    const { put, event, ports, started, pass } = await scene();
    if (!working) await ports.ledger.release({ source: 'countries', holder: '20260101T000000-0000abcd', fence: '1' });
    for (let nth = 0; nth < 20; nth += 1) {
      await put(`${nth}.csv`, `${CSV}${nth},x\n`);
      await event(`${nth}.csv`);
      pass(1);
    }
    const [run = ''] = started.keys();
    expect(started.size).toBe(1);
    expect(await ports.ledger.waiting('countries')).toMatchObject({ run, joined: '19' });
    expect(await ports.files.of('countries')).toHaveLength(20);
  });

  test('of a file that comes when that run reads already starts the next one, which waits for it', async () => {
    const { put, event, ports, started } = await scene();
    await ports.ledger.release({ source: 'countries', holder: '20260101T000000-0000abcd', fence: '1' });
    await put('a.csv', CSV);
    await event('a.csv');
    const [first = ''] = started.keys();
    await ports.ledger.acquire('countries', first, 300);
    await put('b.csv', CSV);
    await event('b.csv');
    expect(started.size).toBe(2);
    expect((await ports.ledger.waiting('countries'))?.run).toBe([...started.keys()][1]);
  });

  test('that is told of again when its run is under way takes no place in line', async () => {
    const { put, event, ports, started } = await scene();
    await put('a.csv', CSV);
    await event('a.csv');
    const [wanted] = started.values();
    if (!wanted) throw new Error('no run');
    const { catalog, sources, ...rest } = wanted;
    const record = recordOf(
      { ...rest, catalog: catalog.version, sources: [...sources] },
      { status: 'Running', started: '2026-01-01T00:00:00.000Z', ended: null },
    );
    await ports.runs.put(record);
    await ports.ledger.leave('countries', wanted.run);
    await event('a.csv');
    expect(await ports.ledger.waiting('countries')).toBeNull();
  });

  test('for a file that is gone finds nothing to read', async () => {
    const { event, look, started } = await scene();
    await event('gone.csv', '0x1');
    expect([started.size, (await look()).ready]).toEqual([1, []]);
  });

  test('of a marker starts a run of the source that waits for it', async () => {
    const { put, event, started } = await scene({ complete: { by: 'marker', name: '{name}.done' } });
    await put('a.csv.done', '');
    await event('a.csv.done');
    await event('other.done', '0x1');
    expect([...started.values()].map(({ trigger }) => trigger)).toMatchObject([{ path: 'countries/a.csv.done' }]);
  });
});

describe('the sweep', () => {
  test('starts one run for what no event announced, once an interval', async () => {
    const { put, pass, sweep: swept, started, starts } = await scene();
    await put('lost.csv', CSV);
    await swept();
    expect(started.size, 'its event may be on its way').toBe(0);
    pass(15 * 60);
    await swept();
    await swept();
    expect([...started.values()]).toMatchObject([
      { sources: ['countries'], trigger: { kind: 'timer', schedule: 'sweep' } },
    ]);
    expect(starts()).toBe(1);
  });

  test('has nothing to do with a schedule of the same name', async () => {
    const { ports, put, pass, sweep: swept, started } = await scene();
    await put('lost.csv', CSV);
    pass(15 * 60);
    const tick = ports.now();
    await ports.catalogs.serveTick('sweep', tick.toISOString());
    await swept();
    expect(started.size).toBe(1);
    expect([...started.keys()]).not.toContain(runId(tick, 'sweep'));
  });

  test('leaves alone what was read, what lies in an open window, and what waits for its marker', async () => {
    const { put, pass, read, commit, sweep: swept, started } = await scene();
    await put('a.csv', CSV);
    await commit('1', (await read()).files);
    pass(15 * 60);
    await swept();
    const marked = await scene({ complete: { by: 'marker', name: '{name}.done' } });
    await marked.put('a.csv', CSV);
    marked.pass(15 * 60);
    await marked.sweep();
    expect([started.size, marked.started.size]).toEqual([0, 0]);
  });

  test('leaves alone what repeats a file of an open window', async () => {
    const { put, pass, read, ports, lease, sweep: swept, started } = await scene();
    await put('a.csv', CSV);
    await put('b.csv', CSV);
    await ports.ledger.plan(lease, aWindow({ source: 'countries', mode: 'files', files: (await read()).files }));
    pass(15 * 60);
    await swept();
    expect(started.size).toBe(0);
  });

  test('starts nothing for a name that is refused', async () => {
    const { put, pass, sweep: swept, started } = await scene({ pattern: '*' });
    await put('a..csv', CSV);
    pass(15 * 60);
    await swept();
    expect(started.size).toBe(0);
  });
});
