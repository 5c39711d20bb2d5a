import type { AuditEntry } from '../contracts/audit';
import type { RunReport, RunRequest } from '../contracts/run';
import { hasGivenWay } from '../runs/reports';

/** What the audit says of a tick that left sources to other runs, or null when it did what it was there for. */
export function tickEntry(
  { run, trigger, whenBusy }: RunRequest,
  { sources }: RunReport,
  now: Date,
): AuditEntry | null {
  const left = sources.filter(hasGivenWay);
  if (trigger.kind !== 'timer' || left.length === 0) return null;
  const [action, done] = whenBusy === 'skip' ? (['tick.skip', 'skipped'] as const) : (['tick.join', 'joined'] as const);
  return {
    id: run,
    at: now.toISOString(),
    actor: `schedule ${trigger.schedule}`,
    action,
    subject: left.map(({ source }) => source).join(' '),
    reason: `tick ${trigger.tick}`,
    asked: JSON.stringify({ overlap: whenBusy ?? 'queue' }),
    outcome: 'done',
    before: left.map(({ source, met }) => `${source}: run ${met}`).join(', '),
    after: done,
  };
}
