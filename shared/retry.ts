import type { Pace } from './contracts/steps';

/** The pause after this one: half as long again, up to the longest. */
export const slower = (pace: Pace, seconds: number): number => Math.min(seconds * 1.5, pace.longest);
