import { describe, expect, test } from 'vitest';
import { tableLedger } from '../../../../../shared/azure/tables/ledger';
import type { Table } from '../../../../../shared/azure/tables/table';
import { ledgerContract } from '../../../../contract/shared/azure/ledger.contract';
import { fakeLedger } from '../../../../fakes/ledger';
import { fakeTable } from '../../../../fakes/table';
import { inputFiles, plannedWindow, RUN_A, RUN_B } from '../../../../support/ledgerWindows';

describe('fake ledger', () => ledgerContract(({ now }) => fakeLedger(now)));
describe('ledger in a table in memory', () => ledgerContract(({ now }) => tableLedger(fakeTable(), now)));

test('marks that were written ahead of a commit which never came do not make a file known', async () => {
  const inner = fakeTable();
  const cut: Table = {
    ...inner,
    change: (partition, changes) =>
      changes.some(({ key }) => key === 'watermark')
        ? Promise.reject(new Error('cut'))
        : inner.change(partition, changes),
  };
  const now = () => new Date('2026-11-22T18:15:00Z');
  const ledger = tableLedger(cut, now);
  const files = inputFiles(1, 120);
  const hashes = files.map(({ sha256 }) => sha256);
  await ledger.acquire('users', RUN_A, 60);
  const lease = { source: 'users', holder: RUN_A, fence: '1' };
  const window = plannedWindow({ mode: 'files', upper: null, files });
  await ledger.plan(lease, window);
  const landed = await ledger.advance(lease, { ...window, state: 'landed' });

  await expect(ledger.commit(lease, landed)).rejects.toThrow('cut');
  expect(inner.partitions.get('users')?.has(`file:${hashes[0]}`), 'a mark lies there').toBe(true);
  expect(await ledger.known('users', hashes)).toEqual(new Map());
  await tableLedger(inner, now).commit(lease, landed);
  expect([...(await ledger.known('users', hashes)).keys()]).toEqual(hashes);
});

describe('a watermark row that cannot be read', () => {
  const now = () => new Date('2026-11-22T18:15:00Z');
  const damaged = async (values: Record<string, string>) => {
    const table = fakeTable();
    const ledger = tableLedger(table, now);
    await ledger.acquire('users', RUN_A, 60);
    const lease = { source: 'users', holder: RUN_A, fence: '1' };
    const window = plannedWindow();
    await ledger.plan(lease, window);
    await ledger.commit(lease, await ledger.advance(lease, { ...window, state: 'landed' }));
    await table.change('users', [{ do: 'put', key: 'watermark', values }]);
    await ledger.release(lease);
    return ledger;
  };

  test.each([[{ json00: '{"cursor": ' }], [{ json00: '{}' }], [{}]])(
    'is said to be lost, and a reset mends it: %j',
    async (values) => {
      const ledger = await damaged(values);
      await expect(ledger.watermark('users')).rejects.toThrow('WATERMARK_LOST');
      const own = await ledger.acquire('users', RUN_B, 60);
      if (own.kind !== 'held') throw new Error('the lease is taken');
      await ledger.reset(own.lease, 'x', 'ann: damaged');
      expect(await ledger.watermark('users')).toMatchObject({ cursor: 'x', window: '1' });
    },
  );
});
