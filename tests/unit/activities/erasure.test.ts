import { describe, expect, test } from 'vitest';
import { awaitLanes } from '../../../activities/erasure/awaitLanes';
import { awaitRuns } from '../../../activities/erasure/awaitRuns';
import { dropCopies } from '../../../activities/erasure/dropCopies';
import { dropForms } from '../../../activities/erasure/dropForms';
import { findReaders } from '../../../activities/erasure/findReaders';
import { openErasure } from '../../../activities/erasure/openErasure';
import { rawFiles } from '../../../activities/erasure/rawFiles';
import type { ErasureRequest } from '../../../shared/contracts/erasure';
import { erasureOf } from '../../../shared/erasure/run';
import { recordOf } from '../../../shared/runs/record';
import { upkeepRun } from '../../../shared/runs/upkeepRun';
import { surroundings } from '../../support/activities';
import { landingScene } from '../../support/landing';
import { aWindow } from '../../support/windows';

const request: ErasureRequest = {
  run: '20260101T000000-0000abcd',
  catalog: '1',
  table: 'countries',
  source: 'countries',
  subject: 'a'.repeat(64),
  purgeNow: false,
  trigger: { kind: 'http', actor: 'me', reason: 'r' },
};

describe('openErasure', () => {
  test('writes the ledger once: who was erased before stays so, under the first entry', async () => {
    const { ports } = await landingScene();
    const open = (run: string) => openErasure.handler(ports, surroundings)({ ...request, run });
    await open(request.run);
    await open('20260201T000000-0000abcd');
    const [entry, ...more] = await ports.lake.list('bronze', '_erasures/countries');
    expect(more).toEqual([]);
    const text = Buffer.from((await ports.lake.read('bronze', entry?.path ?? '')) ?? []).toString();
    expect(JSON.parse(text)).toMatchObject({ subject: request.subject, run: request.run });
  });
});

describe('awaitLanes', () => {
  test('waits for a backfill of the source that is under way and for an erasure before it, and for nothing else', async () => {
    const { ports } = await landingScene();
    const look = () => awaitLanes.handler(ports, surroundings)(request);
    const { trigger, catalog } = request;
    const aside = { kind: 'as-was', of: request.run } as const;
    const put = (run: string, source: string, ended: string | null, beside: boolean) =>
      ports.runs.put(
        recordOf(
          { run, catalog, trigger, sources: [source], ...(beside && { aside }) },
          { status: ended ? 'Succeeded' : 'Running', started: '2026-01-01T00:00:00.000Z', ended },
        ),
      );
    await put('20260101T000001-0000abcd', 'users', null, true);
    await put('20260101T000002-0000abcd', 'countries', null, false);
    await put('20260101T000003-0000abcd', 'countries', '2026-01-01T00:10:00.000Z', true);
    expect(await look()).toEqual({ kind: 'clear' });
    const erases = (run: string, ended: string | null) =>
      ports.runs.put(
        upkeepRun(erasureOf({ ...request, run }), ended ? 'Succeeded' : 'Running', '2026-01-01T00:00:00.000Z', ended),
      );
    await erases(request.run, null);
    await erases('20260101T000005-0000abcd', null);
    expect(await look()).toEqual({ kind: 'clear' });
    await erases('20251231T235959-0000abcd', null);
    expect(await look()).toEqual({ kind: 'running' });
    await erases('20251231T235959-0000abcd', '2026-01-01T00:10:00.000Z');
    await put('20260101T000004-0000abcd', 'countries', null, true);
    expect(await look()).toEqual({ kind: 'running' });
  });
});

describe('readers', () => {
  test('are the runs under way that publish, and are waited for until the last of them has ended', async () => {
    const { ports } = await landingScene();
    const { trigger, catalog } = request;
    const put = (run: string, ended: string | null) =>
      ports.runs.put(
        recordOf(
          { run, catalog, trigger, sources: ['users'] },
          { status: ended ? 'Failed' : 'Running', started: '2026-01-01T00:00:00.000Z', ended },
        ),
      );
    const under = '20260101T000001-0000abcd';
    await put(under, null);
    await put('20260101T000002-0000abcd', '2026-01-01T00:10:00.000Z');
    await ports.runs.put(upkeepRun(erasureOf(request), 'Running', '2026-01-01T00:00:00.000Z', null));
    const found = await findReaders.handler(ports, surroundings)(request);
    expect(found).toEqual([under]);
    const look = () => awaitRuns.handler(ports, surroundings)(found);
    expect(await look()).toEqual({ kind: 'running' });
    await put(under, '2026-01-01T00:10:00.000Z');
    expect(await look()).toEqual({ kind: 'clear' });
  });

  test('are found however many runs have begun and ended since', async () => {
    const { ports } = await landingScene();
    const { trigger, catalog } = request;
    const started = '2026-01-01T00:00:00.000Z';
    const put = (run: string, ended: string | null) =>
      ports.runs.put(
        recordOf(
          { run, catalog, trigger, sources: ['users'] },
          { status: ended ? 'Failed' : 'Running', started, ended },
        ),
      );
    const oldest = '20260101T000001-0000abcd';
    await put(oldest, null);
    for (let nth = 0; nth < 400; nth += 1) await put(`20260102T000000-${String(nth).padStart(8, '0')}`, started);
    expect(await findReaders.handler(ports, surroundings)(request)).toEqual([oldest]);
  });
});

describe('rawFiles', () => {
  test('are those that a window has read, and not one that is yet to be read', async () => {
    const scene = await landingScene();
    await scene.put('read.csv', 'code,name\nfr,France\n');
    await scene.commit('1', (await scene.read()).files);
    await scene.put('open.csv', 'code,name\nde,Germany\n');
    const { files } = await scene.read();
    const window = aWindow({ source: 'countries', mode: 'files', run: request.run, number: '2', files });
    await scene.ports.ledger.plan(scene.lease, window);
    await scene.put('young.csv', 'code,name\npl,Poland\n');
    const found = await rawFiles(scene.ports, scene.catalog, 'countries');
    expect(found.limits).toEqual({ megabytes: 20_480, ratio: 200 });
    expect(found.files.map(({ container, path }) => [container, path.split('/').at(-1)])).toEqual([
      ['bronze', 'read.csv'],
      ['landing', 'read.csv'],
    ]);
  });
});

describe('dropCopies', () => {
  test('removes the copies that no manifest names, at once, and names the window that is open', async () => {
    const { ports, lease } = await landingScene();
    await ports.lake.put('bronze', 'countries/window=1/attempt=1/part-0.parquet', Buffer.from('x'));
    const kept = 'countries/window=2/attempt=1/part-0.parquet';
    await ports.lake.put('bronze', kept, Buffer.from('x'));
    await ports.ledger.plan(lease, aWindow({ source: 'countries', run: request.run, number: '2' }));
    const logs = [1, 2].map((nth) => `countries/window=${nth}/attempt=1/f/copyactivity-logs/Copy file/a/log.txt`);
    const begun = [
      '_making/rows/users/1.parquet/part-0',
      '_making/rows/countries/1.parquet/part-0',
      '_tmp/replays/countries/0f0f',
    ];
    await ports.lake.put('bronze', '_tmp/_raw/countries/unknown/0f0f', Buffer.from('x'));
    for (const path of [...logs, ...begun]) await ports.lake.put('quarantine', path, Buffer.from('x'));
    const parts = (await dropCopies.handler(ports, surroundings)(request)) as { part: string; detail: string }[];
    expect((await ports.lake.list('bronze', 'countries')).map(({ path }) => path)).toEqual([kept]);
    expect(await ports.lake.list('bronze', '_tmp')).toEqual([]);
    expect((await ports.lake.list('quarantine', '')).map(({ path }) => path).sort()).toEqual([begun[0], logs[1]]);
    expect(parts.find(({ part }) => part === 'window 2')?.detail).toContain('planned');
  });
});

describe('dropForms', () => {
  test('removes the forms before the current one, and exports that have no place', async () => {
    const { ports } = await landingScene();
    const form = { dataset: 'users', run: request.run, serial: '2', rows: '1', exported: 'users/a.csv' };
    const published = `_published/users/${request.run}.parquet`;
    await ports.publications.put({ ...form, published, at: '2026-01-01T00:00:00.000Z', inputs: {} });
    for (const path of [published, '_published/users/20250101T000000-0000abcd.parquet']) {
      await ports.lake.put('gold', path, Buffer.from('x'));
    }
    for (const path of ['users/a.csv', '_placing/users/run-1-a.csv', '_placing/buyers/run-2-a.csv']) {
      await ports.lake.put('exports', path, Buffer.from('x'));
    }
    await dropForms.handler(ports, surroundings)({ datasets: ['users'] });
    const paths = async (container: string) => (await ports.lake.list(container, '')).map(({ path }) => path);
    expect(await paths('gold')).toEqual([published]);
    expect(await paths('exports')).toEqual(['_placing/buyers/run-2-a.csv', 'users/a.csv']);
  });
});
