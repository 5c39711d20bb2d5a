import type { InvocationContext } from '@azure/functions';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Services } from '../../../functions/services';
import { heartbeat } from '../../../functions/triggers/heartbeat';
import type { MaintenanceRequest } from '../../../shared/contracts/maintenance';
import { fakePorts } from '../../fakes/ports';
import { caller } from '../../support/caller';
import { shopCatalog } from '../../support/shop';

let now: Date;
let asked: MaintenanceRequest[];
let services: Services;

beforeEach(async () => {
  now = new Date('2026-06-01T00:00:00.000Z');
  asked = [];
  const ports = fakePorts(() => now);
  const { version: _, ...content } = shopCatalog();
  const schedule = { cron: '0 30 4 * * *', zone: 'Europe/Paris' };
  const maintenance = { ...content.maintenance, schedule };
  const catalog = await ports.catalogs.publish({ ...content, schedules: [], maintenance }, 'test');
  services = {
    ports,
    publicUrl: 'https://tidemark.example',
    catalog: async () => catalog,
    instances: () => ({
      look: async () => ({ kind: 'absent' }),
      terminate: async () => undefined,
      purge: async () => undefined,
      tellEnded: async () => undefined,
    }),
    start: () => Promise.reject(new Error('no run is started here')),
    maintain: async (_context, request) => void asked.push(request),
    erase: () => Promise.reject(new Error('nobody is erased here')),
  };
});

const beat = async (at: string): Promise<void> => {
  now = new Date(at);
  await heartbeat(services)(null, { warn: () => undefined } as unknown as InvocationContext);
};

describe('maintenance', () => {
  test('comes with the first tick after the heartbeat has met its schedule, and once a tick', async () => {
    for (const at of ['2026-06-01T00:01:00Z', '2026-06-01T02:29:00Z']) await beat(at);
    expect(asked).toEqual([]);
    for (const at of ['2026-06-01T02:31:00Z', '2026-06-01T02:32:00Z']) await beat(at);
    expect(asked).toMatchObject([{ tables: null, trigger: { kind: 'timer', tick: '2026-06-01T02:30:00.000Z' } }]);
    await beat('2026-06-04T12:00:00Z');
    expect(asked).toHaveLength(2);
  });

  test('is asked for by name of its tables, and refused for one that nobody knows', async () => {
    const call = caller(services);
    expect(await call('startMaintenance', {}, { tables: ['nobody'] })).toMatchObject({ status: 404 });
    expect(await call('startMaintenance', {}, { tables: ['users'], reason: 'r' }, 'k')).toMatchObject({ status: 202 });
    expect(asked).toMatchObject([{ tables: ['users'], trigger: { actor: 'ann', reason: 'r' } }]);
    expect(await services.ports.audit.list(1)).toMatchObject([{ action: 'maintenance.start', subject: 'users' }]);
  });
});
