import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Services } from '../../../functions/services';
import type { ErasureRequest } from '../../../shared/contracts/erasure';
import { fakePorts } from '../../fakes/ports';
import { fakeVault } from '../../fakes/vault';
import { caller } from '../../support/caller';
import { shopCatalog } from '../../support/shop';

const KEY = '-4811234567890123456';
let asked: ErasureRequest[];
let ports: ReturnType<typeof fakePorts>;
let call: ReturnType<typeof caller>;

beforeEach(() => {
  asked = [];
  ports = fakePorts(() => new Date('2026-06-01T00:00:00.000Z'));
  const services: Services = {
    ports: { ...ports, vault: fakeVault({ 'pseudonym-key': 'the secret' }) },
    publicUrl: 'https://tidemark.example',
    catalog: async () => shopCatalog(),
    instances: () => ({
      look: async () => ({ kind: 'absent' }),
      terminate: async () => undefined,
      purge: async () => undefined,
      tellEnded: async () => undefined,
    }),
    start: () => Promise.reject(new Error('no run is started here')),
    maintain: () => Promise.reject(new Error('nothing is maintained here')),
    erase: async (_context, request) => void asked.push(request),
  };
  call = caller(services);
});

const body = { table: 'users', key: [KEY], reason: 'request 4711' };

describe('startErasure', () => {
  test('hands on a keyed hash: neither the orchestrator nor the audit is told the key', async () => {
    expect(await call('startErasure', {}, body, 'k')).toMatchObject({ status: 202 });
    const subject = createHmac('sha256', 'the secret').update(KEY).digest('hex');
    expect(asked).toMatchObject([{ table: 'users', source: 'users', subject, purgeNow: false }]);
    const audit = await ports.audit.list(5);
    expect(audit).toMatchObject([
      { action: 'subject.erase', subject: 'users', reason: 'request 4711', outcome: 'done' },
    ]);
    expect(JSON.stringify([asked, audit])).not.toContain(KEY.slice(1));
  });

  test('refuses a key that is not whole, a table that no source feeds, and a request without a reason', async () => {
    expect(await call('startErasure', {}, { ...body, key: [KEY, 'x'] })).toMatchObject({ status: 400 });
    expect(await call('startErasure', {}, { ...body, table: 'nobody' })).toMatchObject({ status: 404 });
    expect(await call('startErasure', {}, { ...body, reason: ' ' })).toMatchObject({ status: 400 });
    expect(asked).toEqual([]);
  });
});
