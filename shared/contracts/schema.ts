import { z } from 'zod';
import { Count, Instant } from './ids';

/** A column as its source describes it: a MySQL column type, or the type that the factory saw in a file. */
export const SourceColumn = z.strictObject({ name: z.string(), type: z.string() });

const Policy = z.enum(['report', 'park']);

/**
 * What a change of a source's columns leads to: it is let through and reported, or the window waits for a person. A
 * renamed column is a removed and an added one; another order is no change, since columns are matched by name.
 */
export const SchemaPolicy = z.strictObject({
  added: Policy.default('report').describe('a column that the catalog does not declare: never read before it does'),
  removed: Policy.default('park').describe('a declared column is gone; let through, it is NULL'),
  widened: Policy.default('report').describe('every old value still fits, and larger ones may come'),
  narrowed: Policy.default('park').describe('some old values no longer fit'),
  retyped: Policy.default('park').describe('another kind of value'),
});

/** One column that is not what it was. `before` or `after` is null where it is not there. */
export const SchemaChange = z.strictObject({
  column: z.string(),
  kind: z.enum(['added', 'removed', 'widened', 'narrowed', 'retyped']),
  before: z.string().nullable(),
  after: z.string().nullable(),
  policy: Policy,
  next: z.string().describe('what to do'),
});

/** What a window found its source to be, against what was there before. */
export const SchemaDiff = z.strictObject({
  columns: z.array(SourceColumn),
  sometimes: z.array(z.string()).describe('columns that only some of the files have'),
  changes: z.array(SchemaChange),
});

/** What a source is taken to be: its columns when a window last landed, or as a person accepted them. */
export const SourceSchema = z.strictObject({
  source: z.string(),
  columns: z.array(SourceColumn),
  absent: z.array(z.string()).describe('declared columns that are not there and are not asked for'),
  window: Count,
  at: Instant,
  by: z.string().describe('the run that landed it, or who accepted it'),
});

export type SourceColumn = z.infer<typeof SourceColumn>;
export type SchemaPolicy = z.infer<typeof SchemaPolicy>;
export type SchemaChange = z.infer<typeof SchemaChange>;
export type SchemaDiff = z.infer<typeof SchemaDiff>;
export type SourceSchema = z.infer<typeof SourceSchema>;
