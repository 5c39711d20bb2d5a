import { plus1 } from '../../contracts/counts';
import type { Lease } from '../../contracts/window';
import { LeaseLostError } from '../../errors';
import { problem } from '../../problem';
import { patiently } from './patiently';
import type { Change, Row, Table } from './table';

const KEY = 'lease';
const FREE = '';

/** The lease row of a source. `sequence` counts the writes under all leases, so that events of one instant keep their order. */
interface Held {
  readonly row: Row;
  readonly holder: string;
  readonly fence: string;
  readonly expires: string;
  readonly sequence: string;
}

const held = (row: Row): Held => {
  const { holder = FREE, fence = '0', expires = '', sequence = '0' } = row.values;
  return { row, holder, fence, expires, sequence };
};

/**
 * Leases of the ledger: insert-only at first, taken over by ETag under a higher fence, never deleted.
 * @param out what takes a run out of the line in the transaction that gives it the lease
 */
export function leases(table: Table, now: () => Date, out: (source: string, run: string) => Promise<Change[]>) {
  const until = (seconds: number): string => new Date(now().getTime() + seconds * 1000).toISOString();
  const read = async (source: string): Promise<Held | null> => {
    const row = await table.get(source, KEY);
    return row && held(row);
  };
  const replaced = ({ row }: Held, values: Record<string, string>): Change => ({
    do: 'replace',
    key: KEY,
    etag: row.etag,
    values: { ...row.values, ...values },
  });

  const isFree = ({ holder, expires }: Held) => holder === FREE || Date.parse(expires) <= now().getTime();

  return {
    acquire: (source: string, run: string, seconds: number) =>
      patiently(source, async () => {
        const before = await read(source);
        const expires = until(seconds);
        if (before === null) {
          const values = { holder: run, fence: '1', expires, sequence: '0' };
          const first = await table.change(source, [{ do: 'insert', key: KEY, values }, ...(await out(source, run))]);
          return first ? { kind: 'held' as const, lease: { source, holder: run, fence: '1' } } : null;
        }
        const own = before.holder === run;
        if (!own && !isFree(before)) return { kind: 'busy' as const, holder: before.holder };
        const fence = own ? before.fence : plus1(before.fence);
        const mine = replaced(before, { holder: run, fence, expires });
        const taken = await table.change(source, [mine, ...(await out(source, run))]);
        return taken ? { kind: 'held' as const, lease: { source, holder: run, fence } } : null;
      }),

    holder: async (source: string): Promise<string | null> => {
      const current = await read(source);
      return current && !isFree(current) ? current.holder : null;
    },

    renew: (lease: Lease, seconds: number): Promise<true> =>
      patiently(lease.source, async () => {
        const mine = own(await read(lease.source), lease);
        return (await table.change(lease.source, [replaced(mine, { expires: until(seconds) })])) || null;
      }),

    /** Gives the lease back; one that another run holds by now is left alone. */
    release: (lease: Lease): Promise<true> =>
      patiently(lease.source, async () => {
        const current = await read(lease.source);
        if (current?.holder !== lease.holder || current.fence !== lease.fence) return true;
        return (await table.change(lease.source, [replaced(current, { holder: FREE, expires: '' })])) || null;
      }),

    /**
     * The check that goes into every transaction of the source: it fails when the lease moved since it was read.
     * @throws LeaseLostError when the lease is no longer this one
     */
    async check(lease: Lease): Promise<{ change: Change; sequence: string }> {
      const mine = own(await read(lease.source), lease);
      const sequence = plus1(mine.sequence);
      return { change: replaced(mine, { sequence }), sequence };
    },
  };
}

function own(current: Held | null, lease: Lease): Held {
  if (current !== null && current.holder === lease.holder && current.fence === lease.fence) return current;
  const free = !current || current.holder === FREE;
  const state = free ? 'is free' : `is held by run ${current.holder} under fence ${current.fence}`;
  throw new LeaseLostError(
    problem(
      'LEASE_LOST',
      lease.source,
      `Run ${lease.holder} came with fence ${lease.fence}, but the lease ${state}.`,
      'Nothing was written. The run that holds the lease goes on; start another one when it has ended.',
    ),
  );
}
