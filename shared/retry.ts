import type { Pace } from './contracts/steps';

/** The pause after this one: half as long again, up to the longest. */
export const slower = (pace: Pace, seconds: number): number => Math.min(seconds * 1.5, pace.longest);

/** The pause before an attempt at work outside, in seconds: 5, 15, 45, then a minute. The first waits for nothing. */
export const secondsBefore = (attempt: number): number => (attempt < 2 ? 0 : Math.min(5 * 3 ** (attempt - 2), 60));

/**
 * When to look again, in milliseconds: that many seconds from now, or a little later, so that all looks of an app fall
 * on the same beats and can be asked together.
 */
export const nextLook = (pace: Pace, nowMs: number, seconds: number): number => {
  const beat = pace.first * 1000;
  return Math.ceil((nowMs + seconds * 1000) / beat) * beat;
};
