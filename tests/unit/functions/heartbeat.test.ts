import { expect, test } from 'vitest';
import { closeRun } from '../../../activities/run/closeRun';
import { openRun } from '../../../activities/run/openRun';
import type { Services, Wanted } from '../../../functions/services';
import { heartbeat } from '../../../functions/triggers/heartbeat';
import type { RunRequest } from '../../../shared/contracts/run';
import { Schedule } from '../../../shared/contracts/schedule';
import type { SourceTask } from '../../../shared/contracts/steps';
import { gaveWay, nothingNew, runReport } from '../../../shared/runs/reports';
import { fakePorts } from '../../fakes/ports';
import { surroundings } from '../../support/activities';
import { shopCatalog } from '../../support/shop';

const OTHER = '20260101T000000-0000beef';

/** The shop with one schedule of its users, on a clock that only a test moves. */
async function scene(overlap: 'queue' | 'skip', more: Partial<Schedule> = {}) {
  let at = Date.UTC(2026, 0, 1);
  const ports = fakePorts(() => new Date(at));
  const { version: _, ...content } = shopCatalog();
  const often = Schedule.parse({ name: 'often', cron: '*/10 * * * * *', sources: ['users'], overlap, ...more });
  const catalog = await ports.catalogs.publish({ ...content, schedules: [often] }, 'test');
  await ports.catalogs.serveTick('often', ports.now().toISOString());
  const started: RunRequest[] = [];
  const services = {
    ports,
    publicUrl: 'https://tidemark.example',
    catalog: async () => catalog,
    instances: () => ({ look: async () => ({ kind: 'absent' }), terminate: async () => undefined }),
    start: async (_: unknown, { catalog: pinned, ...wanted }: Wanted) => {
      started.push({ ...wanted, catalog: pinned.version, sources: [...wanted.sources] });
    },
  } as unknown as Services;
  const beat = async (seconds: number) => {
    at += seconds * 1000;
    await heartbeat(services)(null, {} as never);
  };
  const end = async (request: RunRequest, outcome: 'skipped' | 'joined' | null) => {
    const source = outcome ? gaveWay('users', outcome, OTHER) : nothingNew('users');
    const report = runReport(request, [source], []);
    await closeRun.handler(ports, surroundings)({ request, report });
    return ports.runs.get(request.run);
  };
  return { ports, started, beat, end };
}

test.each(['queue', 'skip'] as const)('a tick is one run, told to %s where another is at work', async (overlap) => {
  const { ports, started, beat } = await scene(overlap);
  for (const seconds of [0, 1, 9, 1, 60]) await beat(seconds);
  const ticks = started.map(({ trigger }) => (trigger.kind === 'timer' ? trigger.tick : ''));
  expect(ticks).toEqual(['2026-01-01T00:00:10.000Z', '2026-01-01T00:01:10.000Z']);
  expect(new Set(started.map(({ run }) => run)).size).toBe(2);
  const { tasks } = (await openRun.handler(ports, surroundings)(started[0])) as { tasks: SourceTask[] };
  expect(tasks).toMatchObject([{ source: 'users', byHand: false, whenBusy: overlap }]);
});

test('a tick that compares joins no run that would not: it waits for itself', async () => {
  const { ports, started, beat } = await scene('queue', { reconcile: true });
  await beat(10);
  const { tasks } = (await openRun.handler(ports, surroundings)(started[0])) as { tasks: SourceTask[] };
  expect(tasks).toMatchObject([{ source: 'users', whenBusy: 'wait', reconcile: 'content' }]);
});

test.each([
  ['skip', 'skipped', 'tick.skip'],
  ['queue', 'joined', 'tick.join'],
] as const)(
  'a tick that had to %s is found in the runs and once in the audit, and nobody gets mail',
  async (overlap, outcome, action) => {
    const { ports, started, beat, end } = await scene(overlap);
    await beat(10);
    const request = started[0] as RunRequest;
    for (let times = 0; times < 2; times += 1) {
      expect(await end(request, outcome)).toMatchObject({ status: 'Skipped', sources: [{ outcome, met: OTHER }] });
    }
    expect(await ports.audit.list(10)).toMatchObject([
      {
        id: request.run,
        action,
        actor: 'schedule often',
        subject: 'users',
        outcome: 'done',
        before: `users: run ${OTHER}`,
      },
    ]);
    expect(await ports.outbox.list(10)).toEqual([]);
  },
);

test('a tick that ran is nothing for the audit', async () => {
  const { ports, started, beat, end } = await scene('skip');
  await beat(10);
  expect(await end(started[0] as RunRequest, null)).toMatchObject({ status: 'Succeeded' });
  expect(await ports.audit.list(10)).toEqual([]);
});
