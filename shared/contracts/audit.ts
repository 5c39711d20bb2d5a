import { z } from 'zod';
import { Instant, RunId } from './ids';

/** What a person did, or what became of a schedule's tick that did not run: written down before it is done, and completed after. */
export const AuditEntry = z.strictObject({
  id: RunId.describe('of the operation; where it starts a run, of that run'),
  at: Instant,
  actor: z.string(),
  action: z.enum([
    'run.start',
    'maintenance.start',
    'subject.erase',
    'run.rerun',
    'run.cancel',
    'backfill.start',
    'watermark.reset',
    'catalog.publish',
    'source.resume',
    'quarantine.replay',
    'quarantine.discard',
    'tick.skip',
    'tick.join',
  ]),
  subject: z.string().describe('run, source or catalog that it is about'),
  reason: z.string(),
  asked: z.string().describe('the request, as canonical JSON'),
  outcome: z.enum(['asked', 'done', 'refused']),
  before: z.string().describe('the state that it found'),
  after: z.string().describe('the state that it left, or why it was refused'),
});

export type AuditEntry = z.infer<typeof AuditEntry>;
/** What became of an operation. */
export type AuditEnd = Pick<AuditEntry, 'before' | 'after'> & { outcome: 'done' | 'refused' };
