import { z } from 'zod';
import { Count, Cursor } from './ids';

/** The column by which a table says which of its rows are new. Bounds are compared by the server, in this column's type. */
export const SourceCursor = z.strictObject({
  column: z.string().min(1),
  kind: z
    .enum(['timestamp', 'date', 'integer'])
    .default('timestamp')
    .describe('timestamp: DATETIME or TIMESTAMP; date: read once its day is over; integer: grows over the whole table'),
  tieBreaker: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('unique column: a window bounded by maxRows may then end among rows of equal cursor'),
  nulls: z
    .enum(['include', 'exclude', 'fail'])
    .default('include')
    .describe('rows without a cursor (NULL, zero date): read by every run, left out and counted, or a reason to stop'),
  lookBack: z
    .number()
    .int()
    .min(0)
    .max(31_536_000)
    .default(0)
    .describe('every run reads this much below its lower bound again: seconds, days (date) or numbers (integer)'),
  zone: z
    .string()
    .regex(/^(session|[+-](0\d|1[0-4]):[0-5]\d)$/, "session, or an offset such as '+00:00'")
    .default('session')
    .describe("clock that fills a DATETIME: the server's session, or a fixed offset"),
});

/** How a table is cut into windows, and a window into copies. */
export const SourceWindows = z.strictObject({
  maxRows: z
    .number()
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('a longer history, such as a first load, is read in several windows that each commit'),
  copies: z.number().int().min(1).max(20).default(1).describe('parallel copies of one window, by ranges of its key'),
});

/** What a bound promises: below a read point no row can appear any more; below a lag a long transaction still can add one. */
export const Guarantee = z.enum(['read-point', 'lag']);

/** The greatest integer cursor that was visible, and the server's clock before that look. */
export const Sighting = z.strictObject({ cursor: Cursor, at: Cursor });

/** How a window was cut out of its source; said by the source itself when it was copied. */
export const Reading = z.strictObject({
  guarantee: Guarantee,
  readPoint: Cursor.nullable().describe('up to where the source could be read; null: nothing can be read yet'),
  complete: z.boolean().describe('false: there is more below the read point, for another window of the same run'),
  from: Cursor.nullable().describe('where reading began below the lower bound, by look-back; else null'),
  withoutCursor: Count.describe('rows without a cursor that the table holds'),
  ahead: z.boolean().describe('the lower bound lies ahead of the source: its clock or numbers went back'),
  sighting: Sighting.nullable(),
});

export type SourceCursor = z.infer<typeof SourceCursor>;
export type SourceWindows = z.infer<typeof SourceWindows>;
export type Guarantee = z.infer<typeof Guarantee>;
export type Sighting = z.infer<typeof Sighting>;
export type Reading = z.infer<typeof Reading>;
