import type { Watermark, Window } from '../contracts/window';
import { isClosed } from './closed';

/** What a wanted move of a window comes to, given what is stored. */
export type Move =
  | { readonly kind: 'write'; readonly window: Window }
  | { readonly kind: 'done'; readonly window: Window }
  | { readonly kind: 'refused'; readonly why: string };

const RANK = { planned: 0, landed: 1, applied: 2, committed: 3 } as const;

const write = (window: Window): Move => ({ kind: 'write', window });
const done = (window: Window): Move => ({ kind: 'done', window });
const refused = (why: string): Move => ({ kind: 'refused', why });
const named = ({ number, attempt, state }: Window): string => `window ${number}, attempt ${attempt}, is ${state}`;

/**
 * A window is planned when no other is open. The same attempt again is the one that is stored; a new attempt replaces
 * one that has not landed, or was parked: what has landed may be in silver already and only goes forward.
 */
export function planned(newest: Window | null, wanted: Window): Move {
  if (newest === null || (isClosed(newest) && BigInt(wanted.number) > BigInt(newest.number))) {
    return wanted.state === 'planned' ? write(wanted) : refused(`it is ${wanted.state} but was never planned`);
  }
  if (newest.number !== wanted.number) return refused(`${named(newest)}, and must be finished first`);
  const ahead = BigInt(wanted.attempt) - BigInt(newest.attempt);
  if (ahead === 0n) return done(newest);
  if (ahead < 0n) return refused(`${named(newest)}: attempt ${wanted.attempt} is past`);
  if (wanted.state !== 'planned') return refused(`attempt ${wanted.attempt} is ${wanted.state} but was never planned`);
  return newest.state === 'planned' || newest.state === 'parked' ? write(wanted) : refused(named(newest));
}

/**
 * One step forward of the same attempt; a step that is behind the stored state was made before. An earlier attempt may
 * land in place of the planned one: its manifest was put by a run that died before it could say so, and is the truth.
 */
export function advanced(stored: Window | null, wanted: Window): Move {
  if (wanted.state === 'parked') return parked(stored, wanted);
  if (wanted.state === 'abandoned') return refused('a window is abandoned by a reset alone');
  const other = otherAttempt(stored, wanted);
  const landsEarlier =
    stored?.state === 'planned' && wanted.state === 'landed' && BigInt(wanted.attempt) < BigInt(stored.attempt);
  if (stored === null || (other && !landsEarlier)) return refused(other);
  if (stored.state === 'parked' || stored.state === 'abandoned') return refused(named(stored));
  const steps = RANK[wanted.state] - RANK[stored.state];
  if (steps <= 0) return done(stored);
  if (wanted.state === 'committed') return refused('a window is committed with its watermark, not advanced');
  return steps === 1 ? write(wanted) : refused(`${named(stored)}: ${wanted.state} is not its next state`);
}

/** A window that has landed is committed, applied or (without a row to apply) not. */
export function committed(stored: Window | null, wanted: Window): Move {
  if (stored?.state === 'committed') return done(stored);
  const other = otherAttempt(stored, wanted);
  if (stored === null || other) return refused(other);
  if (stored.state !== 'landed' && stored.state !== 'applied') return refused(named(stored));
  return write({ ...wanted, state: 'committed' });
}

/** A window stops where it is, with a reason, unless its rows are in silver. */
export function parked(stored: Window | null, wanted: Window): Move {
  const other = otherAttempt(stored, wanted);
  if (stored === null || other) return refused(other);
  if (stored.state === 'parked') return done(stored);
  if (stored.state !== 'planned' && stored.state !== 'landed') return refused(named(stored));
  return write({ ...wanted, state: 'parked' });
}

/** The watermark after a reset: behind every window that there is, so that the next one has a number of its own. */
export const resetTo = (
  source: string,
  newest: Window | null,
  run: string,
  to: string | null,
  at: string,
): Watermark => ({
  source,
  cursor: to,
  window: newest?.number ?? '0',
  run,
  committed: at,
  sighting: null,
});

/** The watermark after a commit: it keeps its cursor where the window has none, and never goes to a lower window. */
export function raised(before: Watermark | null, window: Window, committedAt: string): Watermark {
  return {
    source: window.source,
    cursor: window.upper ?? before?.cursor ?? null,
    window: window.number,
    run: window.run,
    committed: committedAt,
    sighting: window.reading?.sighting ?? null,
  };
}

const otherAttempt = (stored: Window | null, wanted: Window): string => {
  if (stored === null) return `window ${wanted.number} was never planned`;
  return stored.attempt === wanted.attempt ? '' : `${named(stored)}, not attempt ${wanted.attempt}`;
};
