import type { SourceCursor } from '../contracts/cursor';

type Kind = SourceCursor['kind'];

const SHAPES: Record<Kind, RegExp> = {
  timestamp: /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?)?$/,
  date: /^(\d{4}-\d\d-\d\d)$/,
  integer: /^-?\d{1,20}$/,
};

/**
 * A cursor that a person wrote, in the form in which sources print them (`2026-11-22 18:15:00.000000`, a date, a whole
 * number), or null when it is none. Bounds are compared by the source; this is for bounds that are known already.
 */
export function written(kind: Kind, text: string): string | null {
  const found = SHAPES[kind].exec(text.trim());
  if (!found) return null;
  if (kind === 'integer') return String(BigInt(found[0]));
  const [, day = '', time = '00:00:00', fraction = ''] = found;
  if (!isReal(`${day}T${time}Z`)) return null;
  return kind === 'date' ? day : `${day} ${time}.${fraction.padEnd(6, '0')}`;
}

/** Whether there is such a day and time: the calendar turns 30 February into March, which shows. */
const isReal = (iso: string): boolean => {
  const time = Date.parse(iso);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso.slice(0, -1));
};

/** Whether one known bound lies before another. A tie-breaker behind a bound (`value, key`) is left out of account. */
export function isBefore(kind: Kind, a: string, b: string): boolean {
  const [left = '', right = ''] = [a, b].map((bound) => bound.split(', ')[0]);
  return kind === 'integer' ? BigInt(left) < BigInt(right) : left < right;
}

/** The latest of some known bounds, or null when there is none. */
export const latest = (kind: Kind, bounds: readonly (string | null)[]): string | null =>
  bounds.reduce<string | null>(
    (best, next) => (next !== null && (best === null || isBefore(kind, best, next)) ? next : best),
    null,
  );
