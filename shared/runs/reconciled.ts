import type { BronzeCheck } from '../contracts/bronze';
import type { ContentCheck, Reconciled } from '../contracts/listing';
import type { Problem } from '../contracts/problem';
import type { SourceReport } from '../contracts/run';
import type { Summed, Traced } from '../contracts/steps/listing';
import { altered, mismatch } from './differences';

const NOTHING: Reconciled = { outcome: 'agrees', bronze: null, content: null };

/** The report of a source with how bronze stands; what differs is news, not a failure. */
export const bronzeChecked = (report: SourceReport, bronze: BronzeCheck): SourceReport =>
  found(report, { bronze }, bronze.broken === '0' && bronze.unread === '0' ? null : altered(report.source, bronze));

/** The same with how silver stands: where every bucket that differs was followed and no key of it differs, it agrees. */
export function contentCompared(report: SourceReport, sums: Summed, traced: Traced | null): SourceReport {
  const content: ContentCheck = {
    source: sums.source,
    silver: sums.silver,
    buckets: sums.differing,
    followed: String(sums.buckets.length),
    differing: traced?.differing ?? '0',
    keys: traced?.keys ?? [],
  };
  const agrees = content.differing === '0' && content.followed === content.buckets;
  return found(report, { content }, agrees ? null : mismatch(report.source, content));
}

/** What was committed stays so, and gold is made of it, when it could not be compared. */
export const notReconciled = (report: SourceReport, why: Problem): SourceReport => ({
  ...report,
  outcome: why.code === 'RUN_CANCELLED' ? 'cancelled' : report.outcome,
  reconciled: { ...NOTHING, ...report.reconciled, outcome: 'failed' },
  problems: [...report.problems, why],
});

function found(report: SourceReport, part: Partial<Reconciled>, problem: Problem | null): SourceReport {
  const before = report.reconciled ?? NOTHING;
  if (!problem) return { ...report, reconciled: { ...before, ...part } };
  const reconciled: Reconciled = { ...before, ...part, outcome: 'differs' };
  return { ...report, reconciled, problems: [...report.problems, problem] };
}
