import type { Problem } from '../contracts/problem';
import type { SourceReport } from '../contracts/run';
import type { Compared } from '../contracts/steps/keys';

/** Whether a source has come so far that silver can be held against it: what it has committed stays done either way. */
export const isComparable = ({ outcome }: SourceReport): boolean =>
  outcome === 'committed' || outcome === 'nothing-new';

/** Its report, with the rows that were found gone. */
export const keysCompared = (report: SourceReport, { deleted }: Compared): SourceReport => ({
  ...report,
  keys: 'compared',
  outcome: deleted === '0' ? report.outcome : 'committed',
  deleted: String(BigInt(report.deleted) + BigInt(deleted)),
});

/** Its windows stay committed, and gold is made of them, when their comparison comes to nothing. */
export const keysNot = (report: SourceReport, keys: 'stopped' | 'failed', problem: Problem): SourceReport => ({
  ...report,
  keys,
  outcome: problem.code === 'RUN_CANCELLED' ? 'cancelled' : report.outcome,
  problems: [...report.problems, problem],
});
