import { beforeEach, describe, expect, test } from 'vitest';
import type { Services } from '../../../functions/services';
import { reap } from '../../../functions/triggers/reap';
import type { Run } from '../../../shared/contracts/run';
import { recordOf } from '../../../shared/runs/record';
import type { InstanceState } from '../../../shared/runs/stalled';
import { fakePorts } from '../../fakes/ports';
import { shopCatalog } from '../../support/shop';

const RUN = '20260101T000000-0000abcd';
const record: Run = recordOf(
  { run: RUN, catalog: '1', sources: ['users'], trigger: { kind: 'http', actor: 'ann', reason: 'r' } },
  { status: 'Running', started: '2026-01-01T00:00:00.000Z', ended: null },
);

let ports: ReturnType<typeof fakePorts>;
let now: Date;
let hub: Record<string, InstanceState>;
let terminated: string[];
const beat = async () => {
  const services: Services = {
    ports,
    publicUrl: 'https://tidemark.example',
    catalog: async () => shopCatalog(),
    instances: () => ({
      look: async (id) => hub[id] ?? { kind: 'absent' },
      terminate: async (id) => void terminated.push(id),
      purge: async () => undefined,
      tellEnded: async () => undefined,
    }),
    start: () => Promise.reject(new Error('nothing is started here')),
    maintain: () => Promise.reject(new Error('nothing is started here')),
    erase: () => Promise.reject(new Error('nobody is erased here')),
  };
  await reap(services)({} as never);
};

beforeEach(async () => {
  now = new Date('2026-01-01T00:00:00.000Z');
  ports = fakePorts(() => now);
  hub = {};
  terminated = [];
  const { version: _, ...content } = shopCatalog();
  await ports.catalogs.publish(content, 'test');
  await ports.runs.put(record);
  await ports.ledger.acquire('users', RUN, 36_000);
});

describe('reap', () => {
  test('ends a run whose orchestrator is gone: record, lease and letter', async () => {
    now = new Date('2026-01-01T00:10:00.000Z');
    await beat();
    const run = await ports.runs.get(RUN);
    expect(run).toMatchObject({ status: 'Failed', ended: now.toISOString() });
    expect(run?.sources[0]?.problems[0]?.code).toBe('RUN_STALLED');
    expect(await ports.ledger.holder('users')).toBeNull();
    expect((await ports.outbox.pending(5)).map(({ key }) => key)).toEqual([`${RUN}/failed`]);
  });

  test('ends an instance in which nothing happens any more', async () => {
    now = new Date('2026-01-01T03:00:00.000Z');
    const moved = new Date('2026-01-01T01:00:00.000Z');
    hub = { [RUN]: { kind: 'alive', moved }, [`${RUN}:source:users`]: { kind: 'alive', moved } };
    await beat();
    expect(terminated).toEqual([RUN, `${RUN}:source:users`]);
    expect((await ports.runs.get(RUN))?.status).toBe('Failed');
  });

  test('leaves a run alone that moves', async () => {
    now = new Date('2026-01-01T02:00:00.000Z');
    hub = { [RUN]: { kind: 'alive', moved: new Date('2026-01-01T01:59:00.000Z') } };
    await beat();
    expect(terminated).toEqual([]);
    expect((await ports.runs.get(RUN))?.status).toBe('Running');
    expect(await ports.ledger.holder('users')).toBe(RUN);
  });

  test('knows a backfill by its lanes: one that moves keeps it, and a lane of one that is gone is free', async () => {
    const bounds = { from: '2025-01-01 00:00:00', to: '2025-01-03 00:00:00', size: '1d', parallel: 2 };
    const aside = { kind: 'backfill' as const, lanes: RUN, source: 'users', ...bounds };
    await ports.runs.put({ ...record, aside });
    await ports.ledger.acquire(`users~${RUN}-0002`, RUN, 36_000);
    now = new Date('2026-01-01T02:00:00.000Z');
    const moved = new Date('2026-01-01T01:00:00.000Z');
    hub = {
      [RUN]: { kind: 'alive', moved },
      [`${RUN}:source:users:${RUN}-0002`]: { kind: 'alive', moved: new Date('2026-01-01T01:59:00.000Z') },
    };
    await beat();
    expect((await ports.runs.get(RUN))?.status).toBe('Running');
    hub = {};
    await beat();
    expect((await ports.runs.get(RUN))?.status).toBe('Failed');
    expect(await ports.ledger.holder(`users~${RUN}-0002`)).toBeNull();
  });

  test('finds a run behind any number of newer ones', async () => {
    const ended = {
      status: 'Succeeded',
      started: '2026-01-01T00:05:00.000Z',
      ended: '2026-01-01T00:06:00.000Z',
    } as const;
    for (let n = 1; n <= 450; n += 1)
      await ports.runs.put({ ...record, ...ended, run: `20260101T000500-${String(n).padStart(8, '0')}` });
    now = new Date('2026-01-01T00:10:00.000Z');
    await beat();
    expect((await ports.runs.get(RUN))?.status).toBe('Failed');
  });

  test('a second beat finds nothing left to do', async () => {
    now = new Date('2026-01-01T00:10:00.000Z');
    await beat();
    const [closed] = await ports.runs.list(1);
    now = new Date('2026-01-01T00:11:00.000Z');
    await beat();
    expect(await ports.runs.list(1)).toEqual([closed]);
  });
});
