import { Cron } from 'croner';
import type { Schedule } from '../contracts/catalog';

type Clock = Pick<Schedule, 'cron' | 'zone'>;

const cronOf = ({ cron, zone }: Clock): Cron => new Cron(cron, { timezone: zone, paused: true });

/** The newest tick at or before `now` that has not been served, or null: many missed ticks are caught up once. */
export function dueTick(schedule: Clock, served: string | null, now: Date): string | null {
  const cron = cronOf(schedule);
  // A schedule that was never served starts with its next tick: publishing a catalog starts nothing by itself.
  if (served === null) return null;
  // Whole seconds are all that it knows: asked from a second later on, it names the tick of this one too, or one after it.
  const last = cron.previousRuns(2, new Date(now.getTime() + 1000)).find((tick) => tick.getTime() <= now.getTime());
  return last && last.toISOString() > served ? last.toISOString() : null;
}

/** The next ticks after `now`, ISO instants. */
export const nextTicks = (schedule: Clock, now: Date, count: number): string[] =>
  cronOf(schedule)
    .nextRuns(count, now)
    .map((tick) => tick.toISOString());

/** Whether a cron line and its zone can be read at all; the message says why not. */
export function cronFault(schedule: Clock): string | null {
  try {
    cronOf(schedule).nextRuns(1);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
