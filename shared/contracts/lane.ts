import { z } from 'zod';
import { Cursor, RunId } from './ids';
import { Window } from './window';

/**
 * Windows beside the live history of a source. They have a shelf of their own in the ledger, with a lease, a watermark
 * and numbers of its own, so that the live ones neither wait for them nor move by them.
 */
export const Lane = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('range'), name: z.string(), from: Cursor, until: Cursor }),
  z.strictObject({
    kind: z.literal('replay'),
    name: z.string(),
    window: Window.describe('committed before; merged again'),
  }),
]);

/** What a run does beside the live history instead of moving it on. */
export const Aside = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('backfill'),
    lanes: RunId.describe('the run whose lanes these are; a rerun goes on in them'),
    source: z.string(),
    from: Cursor,
    to: Cursor,
    size: z.string().nullable().describe('of a window: 30s, 15m, 6h, 7d, or a count of numbers; null: all in one'),
    parallel: z.number().int().min(1).max(10),
  }),
  z.strictObject({ kind: z.literal('as-was'), of: RunId }),
]);

export type Lane = z.infer<typeof Lane>;
export type Aside = z.infer<typeof Aside>;
