import { setTimeout as sleep } from 'node:timers/promises';
import { WaitError } from '../errors';
import { problem } from '../problem';
import type { Origin } from './failure';
import { WAIT } from './failures/row';
import { type Limit, pace } from './pace';
import { retryAfter } from './retryAfter';

/** What one call may wait in place; a longer pause is the orchestrator's, which costs nothing. */
const IN_PLACE_MS = 5000;
const LONGEST_MS = 3_600_000;

/** Stands in front of one kind of call to a service. */
export interface Governor {
  /** Waits for the call's turn. @throws WaitError when that is further away than a call may wait */
  pass(): Promise<void>;
  /**
   * Hears what the service answered.
   * @returns whether it asks for a pause, which the next call waits out
   * @throws WaitError when it asks for more patience than a call has
   */
  heard(status: number, retryAfter: string | null | undefined): boolean;
}

interface Clock {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

const REAL: Clock = { now: Date.now, sleep };

/**
 * Keeps published limits and asked-for pauses. After a 429, or a 503 that names a time, nothing is sent until the time
 * has passed; one that names none doubles a pause of its own, from a second to a minute, until an answer comes through.
 */
export function governor(of: Origin, limits: readonly Limit[], { now, sleep }: Clock = REAL): Governor {
  const spend = pace(limits, now);
  let closedUntil = 0;
  let unnamed = 0;
  const patient = (ms: number, why: string): void => {
    if (ms > IN_PLACE_MS) throw new WaitError(problem(of.unreachable, of.where, why, WAIT, true), Math.ceil(ms / 1000));
  };
  return {
    async pass() {
      for (let wait = next(); wait > 0; wait = next()) {
        patient(wait, `It takes no more calls for ${Math.ceil(wait / 1000)} s.`);
        await sleep(wait);
      }
    },
    heard(status, told) {
      const named = retryAfter(told, now());
      const busy = status === 429 || (status === 503 && named !== null);
      if (!busy) {
        if (status < 400) unnamed = 0;
        return false;
      }
      unnamed = named === null ? unnamed + 1 : 0;
      const pause = Math.min(named ?? 1000 * 2 ** Math.min(unnamed - 1, 6), LONGEST_MS);
      closedUntil = Math.max(closedUntil, now() + pause);
      patient(pause, `It answered ${status} and takes no more calls for ${Math.ceil(pause / 1000)} s.`);
      return true;
    },
  };

  function next(): number {
    const closed = closedUntil - now();
    return closed > 0 ? closed : spend();
  }
}
