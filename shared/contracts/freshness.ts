import { z } from 'zod';
import { Instant } from './ids';

/** How old what is there is, and how old it may get. */
export const Freshness = z.strictObject({
  asOf: Instant.nullable().describe('up to then it holds what there was; null: it was never there'),
  limitHours: z.number().nullable().describe('as the catalog says; null: as old as it likes'),
  late: z.boolean(),
});

export type Freshness = z.infer<typeof Freshness>;
