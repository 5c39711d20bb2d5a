import { z } from 'zod';
import { AuditEntry } from './audit';
import { RunId } from './ids';

/** What people do to runs and ledgers over HTTP; each asks for a reason, and is found again in the audit. */

const reason = z.string().trim().min(1).max(500).describe('why, for the audit');

/** POST /runs/{run}/cancel */
export const CancelRun = z.strictObject({ reason });
/** 202 of POST /runs/{run}/cancel; the run ends as Cancelled a little later */
export const Cancelling = z.strictObject({ run: RunId });

/** POST /runs/{run}/rerun ; answers as POST /runs does */
export const RerunRun = z.strictObject({ reason });

/** GET /audit?limit=&before= */
export const AuditList = z.strictObject({ entries: z.array(AuditEntry), next: RunId.nullable() });
