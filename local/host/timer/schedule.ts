import { Cron } from 'croner';
import { timeSpan } from '../load/hostJson';
import { normalise } from './normalise';

export interface Schedule {
  /** The first occurrence after a moment. */
  next(after: Date): Date;
  /** True when it fires more often than once a minute; such schedules are not monitored. */
  readonly isFrequent: boolean;
}

/**
 * Reads the schedule of a timer trigger: NCRONTAB in local time, or a time span as a constant interval.
 * https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer
 * @throws when it is neither
 */
export function readSchedule(text: string): Schedule {
  const interval = text.includes(':') ? timeSpan(text.trim()) : undefined;
  if (interval !== undefined) {
    if (interval <= 0) throw new Error(`The schedule '${text}' is an empty interval`);
    return { next: (after) => new Date(after.getTime() + interval), isFrequent: interval < 60_000 };
  }
  // Day of month and weekday must both match, unlike in Unix cron.
  const cron = new Cron(normalise(text), { paused: true, domAndDow: true });
  const next = (after: Date): Date => {
    const found = cron.nextRun(after);
    if (found === null) throw new Error(`The schedule '${text}' never occurs`);
    return found;
  };
  const [first, second] = cron.nextRuns(2);
  const isFrequent = first !== undefined && second !== undefined && second.getTime() - first.getTime() < 60_000;
  return { next, isFrequent };
}
