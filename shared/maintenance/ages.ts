import type { Run } from '../contracts/run';
import { runTime } from '../runs/id';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);
export const hoursBefore = (now: Date, hours: number): Date => new Date(now.getTime() - hours * HOUR_MS);

/** Where the kept history begins: the run before which all go, and when it started. */
export interface HistoryEnd {
  readonly run: string;
  readonly at: Date;
}

/**
 * The history goes that is older than its time, but nothing from the last success on. Without a success all of it stays.
 * @param success the newest successful run, or null
 */
export function historyEnd(now: Date, days: number, success: Pick<Run, 'run' | 'started'> | null): HistoryEnd | null {
  if (success === null) return null;
  const oldest = daysBefore(now, days);
  const run = [runTime(oldest), success.run].sort()[0] ?? success.run;
  return { run, at: new Date(Math.min(oldest.getTime(), Date.parse(success.started))) };
}
