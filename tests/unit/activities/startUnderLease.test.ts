import { beforeEach, describe, expect, test } from 'vitest';
import { startDeletes } from '../../../activities/keys/startDeletes';
import { startCompare } from '../../../activities/listing/startCompare';
import { startReplay } from '../../../activities/quarantine/startReplay';
import { startApply } from '../../../activities/source/startApply';
import { fakePorts } from '../../fakes/ports';
import { aTask, surroundings } from '../../support/activities';
import { shopCatalog } from '../../support/shop';
import { aWindow } from '../../support/windows';

const { version: _, ...content } = shopCatalog();
const task = aTask();
const NEXT = '20260101T000500-0000beef';
const begun = '2026-01-01T00:00:00.000Z';
const at = '2026-01-01 00:00:00.000000';

let now: number;
let ports: ReturnType<typeof fakePorts>;
let work: object;

const lease = async (run: string) => {
  const held = await ports.ledger.acquire('users', run, 300);
  if (held.kind !== 'held') throw new Error('the lease is taken');
  return held.lease;
};

beforeEach(async () => {
  now = Date.parse(begun);
  ports = fakePorts(() => new Date(now));
  await ports.catalogs.publish(content, 'test');
  const own = await lease(task.run);
  const account = { counted: '0', read: '0', landed: '0', rejected: '0' };
  const landed = aWindow({ catalog: '1', state: 'landed', upper: at, manifest: '_manifests/users/1.json', account });
  await ports.ledger.plan(own, { ...landed, state: 'planned', upper: null });
  await ports.ledger.commit(own, await ports.ledger.advance(own, landed));
  work = { task, lease: own, attempt: 1, window: landed, listing: { kind: 'sums' }, begun };
});

describe.each([
  ['comparison of keys', startDeletes, ['task', 'lease', 'attempt', 'begun']],
  ['comparison of sums', startCompare, ['task', 'lease', 'attempt', 'listing']],
  ['merge', startApply, ['task', 'lease', 'attempt', 'window']],
  ['replay', startReplay, ['task', 'lease', 'attempt']],
] as const)('the job of a %s', (_job, start, takes) => {
  const begin = () =>
    start.handler(ports, surroundings)(Object.fromEntries(takes.map((name) => [name, work[name as keyof object]])));

  test('does not begin any more when another run has taken the lease meanwhile', async () => {
    now += 301_000;
    await lease(NEXT);
    expect(await begin()).toMatchObject({ refused: { code: 'LEASE_LOST' } });
    expect(ports.notebooks.runs.size).toBe(0);
  });

  test('keeps the lease alive for a while when it begins', async () => {
    now += 299_000;
    await begin();
    expect(ports.notebooks.runs.size).toBe(1);
    now += 299_000;
    expect(await ports.ledger.holder('users')).toBe(task.run);
  });
});
