import { describe, expect, test } from 'vitest';
import { openMaintenance } from '../../../activities/maintenance/openMaintenance';
import { sweepOrphans } from '../../../activities/maintenance/sweepOrphans';
import type { MaintenanceRequest } from '../../../shared/contracts/maintenance';
import { attemptFolder, manifestPath } from '../../../shared/windows/paths';
import { surroundings } from '../../support/activities';
import { landingScene } from '../../support/landing';
import { aWindow } from '../../support/windows';

const DAY = 86_400;
const request: MaintenanceRequest = {
  run: '20260101T000000-0000abcd',
  catalog: '1',
  tables: null,
  trigger: { kind: 'http', actor: 'me', reason: 'r' },
};

describe('openMaintenance', () => {
  const beforeOf = async ({ ports }: Awaited<ReturnType<typeof landingScene>>): Promise<string | undefined> => {
    const plan = (await openMaintenance.handler(ports, surroundings)(request)) as {
      expiries: { folder: string; before: string }[];
    };
    return plan.expiries.find(({ folder }) => folder === 'countries')?.before;
  };

  test('lets raw files go when their time is over and they were read', async () => {
    const scene = await landingScene();
    await scene.put('a.csv', 'code,name\nfr,France\n');
    await scene.commit('1', (await scene.read()).files);
    scene.pass(100 * DAY);
    const limit = new Date(scene.ports.now().getTime() - 30 * DAY * 1000).toISOString();
    expect(await beforeOf(scene)).toBe(limit);
  });

  test('lets no raw file go from the first one on that is in no committed window, however old it is', async () => {
    const scene = await landingScene();
    await scene.put('a.csv', 'code,name\nfr,France\n');
    await scene.commit('1', (await scene.read()).files);
    await scene.put('b.csv', 'code,name\nde,Germany\n');
    const [, unread] = await scene.ports.lake.list('landing', 'countries');
    await scene.read();
    scene.pass(100 * DAY);
    expect(await beforeOf(scene)).toBe(unread?.modified);
  });
});

describe('sweepOrphans', () => {
  const HOLDER = request.run;
  const scene = async () => {
    const { ports, pass } = await landingScene();
    const { lease } = (await ports.ledger.acquire('users', HOLDER, 1_000_000)) as {
      lease: { source: string; holder: string; fence: string };
    };
    const write = async (window: ReturnType<typeof aWindow>): Promise<string> => {
      const path = `${attemptFolder(window)}/part-0.parquet`;
      await ports.lake.put('bronze', path, Buffer.from('x'));
      return path;
    };
    const sweep = async (): Promise<string[]> => {
      await sweepOrphans.handler(ports, surroundings)(request);
      return (await ports.lake.list('bronze', 'users')).map(({ path }) => path);
    };
    return { ports, pass, lease, write, sweep };
  };

  test('keeps what a manifest names and what an open window may yet name, whatever its age', async () => {
    const { ports, pass, lease, write, sweep } = await scene();
    const window = aWindow({ run: HOLDER });
    await ports.ledger.plan(lease, window);
    const lost = await write(window);
    await ports.ledger.plan(lease, { ...window, attempt: '2' });
    const copied = await write({ ...window, attempt: '2' });
    pass(10 * DAY);
    expect(await sweep()).toEqual([lost, copied]);

    const manifest = { files: [{ container: 'bronze', path: copied, bytes: '1', rows: '1' }] };
    await ports.lake.putOnce('bronze', manifestPath(window), Buffer.from(JSON.stringify(manifest)));
    await ports.ledger.commit(lease, await ports.ledger.advance(lease, { ...window, attempt: '2', state: 'landed' }));
    expect(await sweep()).toEqual([copied]);
  });

  test('keeps the files of a window whose manifest is on its way back to its place', async () => {
    const { ports, pass, lease, write, sweep } = await scene();
    const window = aWindow({ run: HOLDER, manifest: manifestPath(aWindow()) });
    await ports.ledger.plan(lease, aWindow({ run: HOLDER }));
    const path = await write(window);
    await ports.lake.put('bronze', `_ready/${manifestPath(window)}`, Buffer.from('{}'));
    await ports.ledger.commit(lease, await ports.ledger.advance(lease, { ...window, state: 'landed' }));
    await ports.ledger.plan(lease, aWindow({ run: HOLDER, number: '2' }));
    pass(10 * DAY);
    expect(await sweep()).toEqual([path]);
  });

  test('keeps what is young, since a window may have been planned since we looked', async () => {
    const { pass, write, sweep } = await scene();
    const path = await write(aWindow());
    pass(23 * 3600);
    expect(await sweep()).toEqual([path]);
    pass(2 * 3600);
    expect(await sweep()).toEqual([]);
  });

  test('removes a list that was compared, with its manifest, once it is old', async () => {
    const { ports, pass, write, sweep } = await scene();
    const list = aWindow({ run: HOLDER, lane: `${HOLDER}-rows` });
    const path = await write(list);
    const manifest = { files: [{ container: 'bronze', path }] };
    await ports.lake.putOnce('bronze', manifestPath(list), Buffer.from(JSON.stringify(manifest)));
    pass(23 * 3600);
    expect(await sweep()).toEqual([path]);
    pass(2 * 3600);
    expect(await sweep()).toEqual([]);
    expect(await ports.lake.list('bronze', '_manifests')).toEqual([]);
  });

  test('keeps the attempt of an open window of a lane, though the live window of that number is committed', async () => {
    const { ports, pass, write, sweep } = await scene();
    const lane = 'r-0001';
    const held = await ports.ledger.acquire(`users~${lane}`, HOLDER, 1_000_000);
    if (held.kind !== 'held') throw new Error('the lane is taken');
    const window = aWindow({ run: HOLDER, lane });
    await ports.ledger.plan(held.lease, window);
    const path = await write(window);
    pass(10 * DAY);
    expect(await sweep()).toEqual([path]);
  });

  test('removes the session logs that no manifest names, and what was never put in its place, once they are old', async () => {
    const { ports, pass, lease, sweep } = await scene();
    const window = aWindow({ run: HOLDER });
    const logOf = (attempt: string): string => `${attemptFolder({ ...window, attempt })}/f/copyactivity-logs/a/log.txt`;
    const paths = [...['1', '2'].map(logOf), '_making/rows/users/000000000001.parquet/part-0'];
    for (const path of paths) await ports.lake.put('quarantine', path, Buffer.from('x'));
    await ports.lake.put('bronze', '_making/_manifests/users/000000000001.json', Buffer.from('x'));
    await ports.lake.put('bronze', '_tmp/_raw/users/unknown/0f0f', Buffer.from('x'));
    const left = async () => {
      await sweep();
      const listed = ['bronze', 'quarantine'].map((container) => ports.lake.list(container, ''));
      return (await Promise.all(listed)).map((files) => files.map(({ path }) => path));
    };
    await ports.ledger.plan(lease, window);
    pass(23 * 3600);
    expect((await left())[0]).toEqual(['_making/_manifests/users/000000000001.json', '_tmp/_raw/users/unknown/0f0f']);
    pass(2 * 3600);
    expect((await left())[1]).toEqual(paths.slice(0, 2));
    const manifest = { files: [], rejects: [`quarantine/${logOf('2')}`] };
    await ports.lake.putOnce('bronze', manifestPath(window), Buffer.from(JSON.stringify(manifest)));
    await ports.ledger.commit(lease, await ports.ledger.advance(lease, { ...window, state: 'landed' }));
    expect(await left()).toEqual([[manifestPath(window)], [logOf('2')]]);
  });

  test('removes an export that never had its place once no run can be placing it, and none that has one', async () => {
    const { ports, pass, sweep } = await scene();
    const [dataset = ''] = (await ports.catalogs.current())?.datasets.map(({ name }) => name) ?? [];
    const paths = [`_placing/${dataset}/run-1-a.csv`, `${dataset}/a.csv`];
    for (const path of paths) await ports.lake.put('exports', path, Buffer.from('x'));
    const left = async () => {
      await sweep();
      return (await ports.lake.list('exports', '')).map(({ path }) => path);
    };
    pass(23 * 3600);
    expect(await left()).toEqual(paths);
    pass(2 * 3600);
    expect(await left()).toEqual([`${dataset}/a.csv`]);
  });
});
