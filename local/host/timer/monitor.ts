import { z } from 'zod';
import type { Schedule } from './schedule';

/** What is kept of a monitored timer; times as ISO text, `last` absent before the first run. */
export const TimerState = z.object({
  schedule: z.string(),
  last: z.string().optional(),
  next: z.string(),
  updated: z.string(),
});
export type TimerState = z.infer<typeof TimerState>;

/** What to do with a timer when the host starts. */
export interface StartPlan {
  readonly state: TimerState;
  readonly next: Date;
  /** An occurrence fell into the time when the host was down: run once now. */
  readonly isPastDue: boolean;
}

/**
 * Compares the stored state with the schedule: an edited schedule starts anew without catching up, a missed occurrence is
 * caught up by exactly one run.
 */
export function planStart(text: string, schedule: Schedule, stored: TimerState | undefined, now: Date): StartPlan {
  if (stored !== undefined) {
    const expected = schedule.next(new Date(stored.last ?? stored.updated));
    if (expected.getTime() === Date.parse(stored.next)) {
      return { state: stored, next: expected, isPastDue: now > expected };
    }
  }
  const base = stored === undefined ? now : new Date(stored.last ?? stored.updated);
  const from = schedule.next(base) > now ? base : now;
  const next = schedule.next(from);
  const state = {
    schedule: text,
    ...(stored?.last === undefined ? {} : { last: from.toISOString() }),
    next: next.toISOString(),
    updated: from.toISOString(),
  };
  return { state, next, isPastDue: false };
}

/** The state after a run that was due at `nominal` and started at `started`; a start a moment early counts as on time. */
export function afterRun(text: string, schedule: Schedule, nominal: Date | undefined, started: Date): TimerState {
  const last = nominal !== undefined && nominal > started ? nominal : started;
  return {
    schedule: text,
    last: last.toISOString(),
    next: schedule.next(last).toISOString(),
    updated: last.toISOString(),
  };
}

const withOffset = (iso: string): string => iso.replace('Z', '+00:00');

/** The trigger input; a timer that never ran has the first day of the calendar as its last run. */
export function timerInput(state: TimerState | undefined, isPastDue: boolean): string {
  const status = state && {
    Last: withOffset(state.last ?? '0001-01-01T00:00:00Z'),
    Next: withOffset(state.next),
    LastUpdated: withOffset(state.updated),
  };
  return JSON.stringify({ Schedule: { AdjustForDST: true }, ScheduleStatus: status ?? null, IsPastDue: isPastDue });
}
