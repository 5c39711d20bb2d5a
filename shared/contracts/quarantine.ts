import { z } from 'zod';
import { Count, Instant } from './ids';

/** `again` is a row whose replay broke a rule once more; it waits for a person as an open one does. */
export const QuarantineState = z.enum(['open', 'again', 'replayed', 'discarded']);

/** What became of a quarantined row since it was put aside. */
export const Decision = z.strictObject({
  state: QuarantineState,
  by: z.string(),
  at: Instant,
  reason: z.string(),
  run: z.string().describe('the run that replayed it, or empty'),
  reasons: z.array(z.string()).describe('rules that it broke at its last replay'),
});

/**
 * A quarantined row: a place in the file of its window. Written as `users.12.3`: source, window, place; where the window
 * is of a lane, that is behind the source: `users~20261122T181500-1a2b3c4d-0001.1.3`.
 */
export const QuarantineId = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9_]*(~[a-zA-Z0-9-]+)?\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/, 'an id such as users.12.3');

/** A row that broke a rule, or a line that is no row of its file. */
export const QuarantinedRow = z.strictObject({
  id: QuarantineId,
  source: z.string(),
  lane: z.string().nullable().describe('of a window beside the live history: the lane that it is in'),
  window: Count,
  kind: z.enum(['row', 'line']),
  file: z.string().nullable(),
  line: z.string().nullable().describe('number in its file, where it is known'),
  reasons: z.array(z.string()),
  payload: z.string().describe('as the source gave it; personal data is masked for those who only read'),
  masked: z.boolean(),
  state: QuarantineState,
  decision: Decision.nullable(),
});

/**
 * GET /quarantine?source=&window=&state=&limit=&after= ; newest windows first, those of lanes last. With `next` there may
 * be more, also behind an answer that is not full: one answer does not look through everything.
 */
export const QuarantineList = z.strictObject({ rows: z.array(QuarantinedRow), next: QuarantineId.nullable() });

const Reason = z.string().trim().min(1).max(500).describe('for the audit');

/** POST /sources/{source}/resume */
export const ResumeSource = z.strictObject({
  accept: z.boolean().default(false).describe('takes the columns as the parked window found them'),
  reason: Reason,
});

/** POST /quarantine/replay */
export const ReplayRows = z.strictObject({
  source: z.string(),
  ids: z
    .array(QuarantineId)
    .min(1)
    .max(5000)
    .optional()
    .describe('when absent, rows that wait: up to 5000, the longest untried first'),
  set: z.record(z.string(), z.string().nullable()).optional().describe('corrected columns, of a single row'),
  reason: Reason,
});
/** 202 of POST /quarantine/replay */
export const ReplayStarted = z.strictObject({
  run: z.string(),
  rows: Count,
  left: Count.describe('rows that wait and were not taken up, when none were named'),
});

/** POST /quarantine/discard */
export const DiscardRows = z.strictObject({ ids: z.array(QuarantineId).min(1).max(5000), reason: Reason });
export const Discarded = z.strictObject({ rows: Count });

/** What the replay job reads; below the quarantine container. */
export const ReplayRequest = z.strictObject({
  source: z.string(),
  table: z.string(),
  reason: z.string(),
  actor: z.string(),
  rows: z.array(
    z.strictObject({ id: QuarantineId, window: Count, values: z.record(z.string(), z.string().nullable()) }),
  ),
});

export type Decision = z.infer<typeof Decision>;
export type QuarantinedRow = z.infer<typeof QuarantinedRow>;
export type QuarantineState = z.infer<typeof QuarantineState>;
export type ReplayRequest = z.infer<typeof ReplayRequest>;
