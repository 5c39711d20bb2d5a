import { sum } from '../contracts/counts';
import type { SourceReport } from '../contracts/run';

const COUNTS = ['windows', 'read', 'landed', 'rejected', 'inserted', 'updated', 'deleted', 'quarantined'] as const;

/** What several reports count, together. */
export function totals(reports: readonly SourceReport[]): Pick<SourceReport, (typeof COUNTS)[number]> {
  const entries = COUNTS.map((name) => [name, sum(reports.map((report) => report[name]))] as const);
  return Object.fromEntries(entries) as Pick<SourceReport, (typeof COUNTS)[number]>;
}
