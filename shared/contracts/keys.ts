import { z } from 'zod';
import { Count } from './ids';

/**
 * How rows are found that are gone at their source: its keys are held against those in silver. More of them than
 * `mostRows` and than `mostShare` of the table at once, or all of them, are no deletion before a person says so.
 */
export const KeyComparison = z.strictObject({
  mostShare: z.number().min(0).max(1).default(0.05).describe('of the live rows in silver'),
  mostRows: z.number().int().min(0).default(10),
});

/** That a run compares keys, and how many rows a person has agreed to lose. */
export const KeyTask = z.strictObject({ accepted: Count.nullable() });

export type KeyComparison = z.infer<typeof KeyComparison>;
export type KeyTask = z.infer<typeof KeyTask>;
