import { createHash } from 'node:crypto';

/**
 * A run id that sorts by time. The same instant and cause give the same id, so a repeated event is the same run.
 * @param cause what makes the run this one: an event's path and ETag, a schedule's name, a caller's key
 */
export function runId(at: Date, cause: string): string {
  return `${runTime(at)}-${createHash('sha256').update(cause).digest('hex').slice(0, 8)}`;
}

/** The part of a run id that tells its time; it sorts below every id of that second. */
export const runTime = (at: Date): string => at.toISOString().replaceAll(/[-:]/g, '').slice(0, 15);
