import { z } from 'zod';
import type { Window } from '../../contracts/window';
import type { LedgerEvent } from '../../ports/ledger';
import { fromChunks, toChunks } from './chunks';
import { newestFirst } from './keys';
import { below, type Change, removeRange, type Table } from './table';

const PREFIX = 'event:';
const Event = z.strictObject({ at: z.string(), what: z.string(), run: z.string(), detail: z.string() });
const LAST = 999_999_999n;

/** The entry of a move, written in the transaction that makes it. */
export function eventOf(window: Window, at: Date, sequence: string): Change {
  const bounds = `(${window.lower ?? 'start'}, ${window.upper ?? 'open'}]`;
  const why = window.problem ? `: ${window.problem.code}` : '';
  const event: LedgerEvent = {
    at: at.toISOString(),
    what: window.state,
    run: window.run,
    detail: `window ${window.number}, attempt ${window.attempt}, ${window.mode} ${bounds}${why}`,
  };
  return entryOf(event, at, sequence);
}

/** An entry of the history, in the order of the writes under all leases. */
export const entryOf = (event: LedgerEvent, at: Date, sequence: string): Change => entry(event, at, counted(sequence));

/** An entry that no lease orders, but a count of its own. */
export const noteOf = (event: LedgerEvent, at: Date, count: string): Change =>
  entry(event, at, `aside-${counted(count)}`);

const counted = (count: string): string => String(LAST - BigInt(count)).padStart(9, '0');

const entry = (event: LedgerEvent, at: Date, place: string): Change => ({
  do: 'put',
  key: `${PREFIX}${newestFirst(at)}-${place}`,
  values: toChunks(event),
});

export async function eventsOf(table: Table, source: string, limit: number): Promise<LedgerEvent[]> {
  const rows = await table.range(source, PREFIX, below(PREFIX), limit);
  return rows.map(({ values }) => Event.parse(fromChunks(values)));
}

export const forgetEvents = (table: Table, source: string, before: Date): Promise<number> =>
  removeRange(table, source, `${PREFIX}${newestFirst(before)}-`, below(PREFIX));
