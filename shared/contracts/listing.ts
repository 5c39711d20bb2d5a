import { z } from 'zod';
import { BronzeCheck } from './bronze';
import { Count } from './ids';

/** What is listed of a source beside its windows: its keys, sums of its content by bucket, or the rows of some buckets. */
export const Listing = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keys') }),
  z.strictObject({ kind: z.literal('sums') }),
  z.strictObject({ kind: z.literal('rows'), buckets: z.array(z.string().regex(/^[0-9a-f]{3}$/)).min(1) }),
]);

/** A key that differs: held by one side alone, or by both with other values in some columns. Values are never shown. */
export const DifferingKey = z.strictObject({
  key: z.string(),
  held: z.enum(['both', 'source', 'silver']),
  columns: z.array(z.string()),
});

/** How silver stands against its source, of the live rows up to the watermark. */
export const ContentCheck = z.strictObject({
  source: Count.describe('rows there'),
  silver: Count.describe('rows here'),
  buckets: Count.describe('of the 4,096 buckets of keys, those whose sums differ'),
  followed: Count.describe('of those, the ones that were followed down to their keys'),
  differing: Count.describe('keys that differ in those'),
  keys: z.array(DifferingKey).describe('some of them'),
});

/** How a source, bronze and silver stand against each other. */
export const Reconciled = z.strictObject({
  outcome: z.enum(['agrees', 'differs', 'failed']),
  bronze: BronzeCheck.nullable().describe('null: the comparison did not come so far'),
  content: ContentCheck.nullable().describe('null also of a source that cannot be compared by content'),
});

export type Listing = z.infer<typeof Listing>;
export type DifferingKey = z.infer<typeof DifferingKey>;
export type ContentCheck = z.infer<typeof ContentCheck>;
export type Reconciled = z.infer<typeof Reconciled>;
