import { z } from 'zod';
import { AuditEntry } from './audit';
import { Cursor, RunId } from './ids';
import { Problem } from './problem';
import { Watermark, Window } from './window';

/** What people do to runs and ledgers over HTTP; each asks for a reason, and is found again in the audit. */

const reason = z.string().trim().min(1).max(500).describe('why, for the audit');

/** POST /runs/{run}/cancel */
export const CancelRun = z.strictObject({ reason });
/** 202 of POST /runs/{run}/cancel; the run ends as Cancelled a little later */
export const Cancelling = z.strictObject({ run: RunId });

/** POST /runs/{run}/rerun ; answers as POST /runs does */
export const RerunRun = z.strictObject({
  reason,
  asWas: z.boolean().default(false).describe('merge the very windows and files of that run again, under its catalog'),
});

/** POST /backfills */
export const StartBackfill = z.strictObject({
  source: z.string(),
  from: Cursor.describe('exclusive'),
  to: Cursor.describe('inclusive, not beyond the watermark'),
  window: z.string().nullable().default(null).describe('size of a window: 30s, 15m, 6h, 7d, or a count of numbers'),
  parallel: z.number().int().min(1).max(10).default(2),
  reason,
});
/** 202 of POST /backfills */
export const BackfillStarted = z.strictObject({ run: RunId, windows: z.number().int() });

/** GET /audit?limit=&before= */
export const AuditList = z.strictObject({ entries: z.array(AuditEntry), next: RunId.nullable() });

/** GET /sources/{source}/watermark */
export const WatermarkView = z.strictObject({
  source: z.string(),
  watermark: Watermark.nullable(),
  damaged: Problem.nullable().describe('why the watermark cannot be read'),
  newest: Window.nullable(),
  busy: RunId.nullable(),
});

/** POST /sources/{source}/watermark/reset */
export const ResetWatermark = z.strictObject({
  to: Cursor.nullable().describe('the cursor to go on from; null together with fullLoad'),
  from: Cursor.nullable().describe('where the caller saw it; refused when it has moved since'),
  fullLoad: z.boolean().default(false).describe('read everything again, from the beginning'),
  reason,
});
/** Its answer */
export const WatermarkReset = z.strictObject({ watermark: Watermark, before: Cursor.nullable() });
