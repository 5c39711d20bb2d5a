import { ExpressionError } from '../value';

/** A point in time in ticks of 100 ns since 0001-01-01, and what is known of its zone. */
export interface Instant {
  readonly ticks: bigint;
  /** `offset` was given with an offset and has been converted to UTC; it prints `+00:00` where `utc` prints `Z`. */
  readonly kind: 'utc' | 'none' | 'offset';
}

export const TICKS_PER_MS = 10_000n;
const EPOCH_TICKS = 621_355_968_000_000_000n;
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7})\d*)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const US =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7})\d*)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

export const fromMs = (ms: number): bigint => BigInt(ms) * TICKS_PER_MS + EPOCH_TICKS;

/** Milliseconds since 1970, rounded down; the rest of the ticks is `ticks % TICKS_PER_MS`. */
export const toMs = (ticks: bigint): number => Number((ticks - EPOCH_TICKS - (ticks % TICKS_PER_MS)) / TICKS_PER_MS);

/** Reads ISO 8601 or `MM/dd/yyyy`, the invariant culture's form. */
export function parseInstant(name: string, text: string): Instant {
  const iso = ISO.exec(text.trim());
  const us = iso ? null : US.exec(text.trim());
  const found = iso ?? us;
  const fail = (): never => {
    throw new ExpressionError(`the function '${name}' cannot read '${text}' as a date and time`);
  };
  if (!found) return fail();
  const [, a = '', b = '', c = '', hour = '0', minute = '0', second = '0', fraction = '', zone] = found;
  const [year, month, day] = iso ? [a, b, c] : [c, a, b];
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && Number(year) > 0;
  if (!isReal || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return fail();
  date.setUTCHours(Number(hour), Number(minute), Number(second));
  const local = fromMs(date.getTime()) + BigInt(fraction.padEnd(7, '0'));
  if (zone === undefined) return { ticks: local, kind: 'none' };
  if (zone.toUpperCase() === 'Z') return { ticks: local, kind: 'utc' };
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return { ticks: local - BigInt(zone.startsWith('-') ? -minutes : minutes) * 60_000n * TICKS_PER_MS, kind: 'offset' };
}

/** Now, as ticks; the last four digits are always zero because JavaScript counts milliseconds. */
export const now = (): Instant => ({ ticks: fromMs(Date.now()), kind: 'utc' });

export const startOf = (ticks: bigint, unit: 'day' | 'hour' | 'month'): bigint => {
  const date = new Date(toMs(ticks));
  if (unit === 'month') date.setUTCDate(1);
  if (unit === 'hour') date.setUTCMinutes(0, 0, 0);
  else date.setUTCHours(0, 0, 0, 0);
  return fromMs(date.getTime());
};
