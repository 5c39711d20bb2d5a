import type { Watermark, Window } from '../contracts/window';

/** A guess at the rows of the next window, and where it comes from. */
export interface Estimate {
  readonly rows: string | null;
  readonly because: string;
}

const UNKNOWN: Estimate = { rows: null, because: 'nothing to go by yet: the source counts when it is read' };
const rowsOf = ({ account }: Window): bigint => BigInt(account?.read ?? '0');

/**
 * From what the ledger remembers: the rate at which rows came over the last windows, for the time since the last commit;
 * for a table that is read whole, its last size.
 * @param windows newest first
 */
export function estimate(windows: readonly Window[], watermark: Watermark | null, whole: boolean, now: Date): Estimate {
  const committed = windows.filter(({ state }) => state === 'committed');
  const [newest] = committed;
  if (!newest || !watermark) return UNKNOWN;
  if (whole) return { rows: newest.account?.read ?? null, because: `as many as window ${newest.number} read` };
  const recent = committed.filter(({ mode, lower }) => mode === 'incremental' && lower !== null);
  const before = committed[recent.length];
  const seconds = before ? (Date.parse(newest.changed) - Date.parse(before.changed)) / 1000 : 0;
  if (recent.length === 0 || seconds <= 0) return UNKNOWN;
  const rows = Number(recent.reduce((sum, window) => sum + rowsOf(window), 0n));
  const since = Math.max(0, (now.getTime() - Date.parse(watermark.committed)) / 1000);
  return {
    rows: String(Math.round((rows / seconds) * since)),
    because: `${rows} rows in ${recent.length} windows over ${Math.round(seconds)} s, for ${Math.round(since)} s`,
  };
}
