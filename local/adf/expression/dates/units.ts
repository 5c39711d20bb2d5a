import { ExpressionError } from '../value';
import { fromMs, TICKS_PER_MS, toMs } from './instant';

const FIXED_MS: Record<string, bigint> = {
  second: 1000n,
  minute: 60_000n,
  hour: 3_600_000n,
  day: 86_400_000n,
  week: 604_800_000n,
};

/** Moves an instant by whole units; a month or year that is too short keeps its last day (31 Jan + 1 month = 28 Feb). */
export function move(name: string, ticks: bigint, amount: bigint, unit: string): bigint {
  const key = unit.toLowerCase();
  const fixed = Object.hasOwn(FIXED_MS, key) ? FIXED_MS[key] : undefined;
  if (fixed !== undefined) return ticks + amount * fixed * TICKS_PER_MS;
  if (key !== 'month' && key !== 'year')
    throw new ExpressionError(
      `the function '${name}' knows no unit '${unit}': Second, Minute, Hour, Day, Week, Month or Year`,
    );
  const date = new Date(toMs(ticks));
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + Number(amount) * (key === 'year' ? 12 : 1));
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return fromMs(date.getTime()) + (ticks % TICKS_PER_MS);
}
