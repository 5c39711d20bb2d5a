import { beforeEach, describe, expect, test } from 'vitest';
import { settleReplay } from '../../../activities/quarantine/settleReplay';
import type { Surroundings } from '../../../activities/surroundings';
import type { Services, Wanted } from '../../../functions/services';
import { ReplayRequest } from '../../../shared/contracts/quarantine';
import type { Lease, Window } from '../../../shared/contracts/window';
import { problem } from '../../../shared/problem';
import { requestPath, rowsPath } from '../../../shared/quarantine/place';
import { NO_ROWS } from '../../../shared/windows/account';
import { shelfOf } from '../../../shared/windows/lane';
import { fakePorts } from '../../fakes/ports';
import { caller } from '../../support/caller';
import { parquetOfText } from '../../support/parquet';
import { shopCatalog } from '../../support/shop';
import { aWindow } from '../../support/windows';

const manifest = '_manifests/countries/000000000001.json';
const why = { reason: 'because' };
let ports: ReturnType<typeof fakePorts>;
let wanted: Wanted[];
let lease: Lease;
let call: ReturnType<typeof caller>;

/** Countries whose first window put a row and a line aside. */
beforeEach(async () => {
  ports = fakePorts(() => new Date('2026-01-01T00:00:10.000Z'));
  wanted = [];
  const services: Services = {
    ports,
    catalog: async () => shopCatalog(),
    publicUrl: 'https://tidemark.example',
    instances: () => ({
      look: async () => ({ kind: 'absent' }),
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
  const held = await ports.ledger.acquire('countries', aWindow().run, 300);
  if (held.kind !== 'held') throw new Error('the lease is taken');
  lease = held.lease;
  const rows = [
    { kind: 'line', file: 'a.csv', line: '3', reasons: '["malformed: too many"]', payload: 'xx,too,many' },
    { kind: 'row', file: 'a.csv', line: null, reasons: '["key:code"]', payload: '{"code":null,"name":"Sealand"}' },
  ];
  await ports.lake.put('quarantine', rowsPath(manifest), await parquetOfText(rows));
  const account = { counted: null, read: '3', landed: '2', rejected: '1' };
  const outcome = { ...NO_ROWS, merged: '1', quarantined: '1', inserted: '1' };
  const window: Window = aWindow({ source: 'countries', mode: 'files' });
  await ports.ledger.plan(lease, window);
  const landed = await ports.ledger.advance(lease, { ...window, state: 'landed', account, manifest });
  await ports.ledger.commit(lease, { ...landed, outcome });
});

const aRow = (name: string) => {
  const payload = JSON.stringify({ code: null, name });
  return { kind: 'row', file: 'a.csv', line: null, reasons: '["key:code"]', payload };
};

/** Ends the replay of a run as its job would. */
const settle = (run: string, again: unknown[]) => {
  const pace = { first: 1, longest: 1 };
  const task = {
    run,
    catalog: '1',
    source: 'countries',
    kind: 'blob',
    pace,
    byHand: true,
    whenBusy: 'wait',
    attempts: 1,
  };
  return settleReplay.handler(ports, {} as Surroundings)({ task, lease, again });
};

/** The rows that a replay was asked for. */
const requested = async (run: string): Promise<string[]> => {
  const asked = await ports.lake.read('quarantine', requestPath('countries', run));
  return ReplayRequest.parse(JSON.parse(Buffer.from(asked ?? []).toString())).rows.map(({ id }) => id);
};

const ids = async (query: Record<string, string> = {}): Promise<string[]> =>
  (await call('listQuarantine', query)).body.rows.map(({ id }: { id: string }) => id);

describe('quarantine', () => {
  test('lists rows and lines of a window with what is known of them, page by page', async () => {
    expect((await call('listQuarantine', {})).body).toMatchObject({
      rows: [
        {
          id: 'countries.1.0',
          kind: 'line',
          file: 'a.csv',
          line: '3',
          state: 'open',
          reasons: ['malformed: too many'],
        },
        { id: 'countries.1.1', kind: 'row', payload: '{"code":null,"name":"Sealand"}', reasons: ['key:code'] },
      ],
      next: null,
    });
    expect(await ids({ limit: '1' })).toEqual(['countries.1.0']);
    expect(await ids({ limit: '1', after: 'countries.1.0' })).toEqual(['countries.1.1']);
    expect((await call('showQuarantined', { id: 'countries.1.9' })).status).toBe(404);
  });

  test('is replayed by a run of its own that finds the rows, corrected, in the lake; once for a key', async () => {
    const body = { source: 'countries', ids: ['countries.1.1'], set: { code: 'sl' }, ...why };
    const first = await call('replayQuarantine', {}, body, 'k');
    expect(await call('replayQuarantine', {}, body, 'k')).toEqual(first);
    expect(wanted).toMatchObject([{ sources: ['countries'], replay: true }]);
    const [run = ''] = wanted.map((one) => one.run);
    const asked = await ports.lake.read('quarantine', requestPath('countries', run));
    expect(ReplayRequest.parse(JSON.parse(Buffer.from(asked ?? []).toString())).rows).toEqual([
      { id: 'countries.1.1', window: '1', values: { code: 'sl', name: 'Sealand' } },
    ]);

    await settle(run, [{ id: 'countries.1.1', reasons: ['still'] }]);
    expect((await call('showQuarantined', { id: 'countries.1.1' })).body).toMatchObject({
      state: 'again',
      reasons: ['still'],
    });
    await settle(run, []);
    expect(await ids()).toEqual(['countries.1.0']);
    expect(await ids({ state: 'replayed' })).toEqual(['countries.1.1']);
    expect((await call('replayQuarantine', {}, body)).status).toBe(400);
  });

  test('takes up every row that waits, and no line, when none is named', async () => {
    expect((await call('replayQuarantine', {}, { source: 'countries', ...why })).body).toMatchObject({ rows: '1' });
    expect((await call('replayQuarantine', {}, { source: 'partner_buyers', ...why })).status).toBe(400);
  });

  test('loses a discarded row for a reason, and what was replayed cannot be discarded', async () => {
    expect((await call('discardQuarantined', {}, { ids: ['countries.1.0'] })).status).toBe(400);
    expect((await call('discardQuarantined', {}, { ids: ['countries.1.0'], ...why })).body).toEqual({ rows: '1' });
    expect(await ids()).toEqual(['countries.1.1']);
    expect((await call('showQuarantined', { id: 'countries.1.0' })).body).toMatchObject({
      state: 'discarded',
      decision: { reason: 'because' },
    });
    expect(await ports.audit.list(5)).toMatchObject([{ action: 'quarantine.discard', outcome: 'done' }]);
  });
});

describe('what was put aside long ago or beside the live history', () => {
  test('is listed, shown, replayed and discarded, however many windows came after it', async () => {
    for (let number = 2; number <= 1002; number += 1) {
      const window = aWindow({ source: 'countries', mode: 'files', number: String(number) });
      await ports.ledger.plan(lease, window);
      await ports.ledger.commit(lease, await ports.ledger.advance(lease, { ...window, state: 'landed' }));
    }
    expect(await ids()).toEqual(['countries.1.0', 'countries.1.1']);
    expect((await call('showQuarantined', { id: 'countries.1.1' })).status).toBe(200);
    expect((await call('replayQuarantine', {}, { source: 'countries', ...why })).body).toMatchObject({ rows: '1' });
    expect((await call('discardQuarantined', {}, { ids: ['countries.1.0'], ...why })).status).toBe(200);
  });

  test('is known by its lane too, and decided on its own', async () => {
    const lane = '20260101T000000-0000cccc-0001';
    const held = await ports.ledger.acquire(shelfOf('countries', lane), aWindow().run, 300);
    if (held.kind !== 'held') throw new Error('the lease is taken');
    const path = `_manifests/countries/${lane}/000000000001.json`;
    await ports.lake.put('quarantine', rowsPath(path), await parquetOfText([aRow('Thule')]));
    const outcome = { ...NO_ROWS, quarantined: '1' };
    const window = aWindow({ source: 'countries', mode: 'files', lane, manifest: path });
    const planned = await ports.ledger.plan(held.lease, window);
    await ports.ledger.commit(
      held.lease,
      await ports.ledger.advance(held.lease, { ...planned, state: 'landed', outcome }),
    );

    const id = `countries~${lane}.1.0`;
    expect(await ids()).toEqual(['countries.1.0', 'countries.1.1', id]);
    expect(await ids({ after: 'countries.1.1' })).toEqual([id]);
    expect(await ids({ window: '1' })).not.toContain(id);
    expect((await call('showQuarantined', { id })).body).toMatchObject({ source: 'countries', lane, window: '1' });
    const { body } = await call('replayQuarantine', {}, { source: 'countries', ids: [id], ...why });
    await settle(body.run, [{ id, reasons: ['still'] }]);
    expect((await call('showQuarantined', { id })).body).toMatchObject({ state: 'again' });
    expect((await call('showQuarantined', { id: 'countries.1.0' })).body).toMatchObject({ state: 'open' });
    expect((await call('discardQuarantined', {}, { ids: [id], ...why })).status).toBe(200);
    expect(await ids()).toEqual(['countries.1.0', 'countries.1.1']);
  });
});

test('one answer looks through so much and no more, and says where to go on', async () => {
  const bytes = await parquetOfText([aRow('Thule')]);
  for (let number = 2; number <= 510; number += 1) {
    const path = `_manifests/countries/${String(number).padStart(12, '0')}.json`;
    await ports.lake.put('quarantine', rowsPath(path), bytes);
    const window = aWindow({ source: 'countries', mode: 'files', number: String(number), manifest: path });
    const outcome = { ...NO_ROWS, quarantined: '1' };
    await ports.ledger.plan(lease, window);
    await ports.ledger.commit(lease, await ports.ledger.advance(lease, { ...window, state: 'landed', outcome }));
  }
  const first = (await call('listQuarantine', { state: 'discarded' })).body;
  expect(first).toEqual({ rows: [], next: 'countries.11.0' });
  const rest = (await call('listQuarantine', { state: 'discarded', after: first.next })).body;
  expect(rest).toEqual({ rows: [], next: null });
}, 30_000);

test('a replay takes 5000 rows, says how many it leaves, and takes those the next time though the first break again', async () => {
  const path = rowsPath('_manifests/countries/000000000001.json');
  await ports.lake.put(
    'quarantine',
    path,
    await parquetOfText(Array.from({ length: 5001 }, (_, at) => aRow(`c${at}`))),
  );
  const body = { source: 'countries', ...why };
  const first = (await call('replayQuarantine', {}, body, 'k')).body;
  expect(first).toMatchObject({ rows: '5000', left: '1' });
  expect((await call('replayQuarantine', {}, body, 'k')).body).toEqual(first);
  const taken = await requested(first.run);
  await settle(
    first.run,
    taken.map((id) => ({ id, reasons: ['still'] })),
  );
  const second = (await call('replayQuarantine', {}, body)).body;
  const [fresh = ''] = await requested(second.run);
  expect(taken).not.toContain(fresh);
}, 30_000);

describe('resume', () => {
  const park = async (changes: 'name' | 'code') => {
    const window = aWindow({ source: 'countries', number: '2', mode: 'files' });
    await ports.ledger.plan(lease, window);
    const change = {
      column: changes,
      kind: 'removed',
      before: 'String',
      after: null,
      policy: 'park',
      next: 'x',
    } as const;
    const kept = changes === 'name' ? 'code' : 'name';
    const schema = { columns: [{ name: kept, type: 'String' }], sometimes: [], changes: [change] };
    await ports.ledger.park(lease, { ...window, schema }, problem('SCHEMA_REMOVED', 'countries', 'gone.', 'Resume.'));
  };

  test('starts a run for a parked source, and refuses one that is not parked', async () => {
    expect((await call('resumeSource', { source: 'countries' }, why)).status).toBe(400);
    await park('name');
    expect((await call('resumeSource', { source: 'countries' }, why)).status).toBe(202);
    expect(wanted).toMatchObject([{ sources: ['countries'], trigger: { kind: 'http', reason: 'because' } }]);
    expect(await ports.schemas.get('countries')).toBeNull();
  });

  test('does not accept the loss of a key', async () => {
    await park('code');
    const answer = await call('resumeSource', { source: 'countries' }, { accept: true, ...why });
    expect(answer).toMatchObject({ status: 400, body: { problem: { why: expect.stringContaining('without code') } } });
    expect(wanted).toEqual([]);
  });
});
