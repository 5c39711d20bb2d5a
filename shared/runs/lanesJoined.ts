import type { SourceReport } from '../contracts/run';
import { totals } from './totals';

/** What weighs more than what comes after it. */
const WORST: readonly SourceReport['outcome'][] = ['cancelled', 'failed', 'parked', 'busy', 'committed', 'nothing-new'];

/** The lanes of each source as one report: as bad as the worst of them, with the rows of all and each problem once. */
export function lanesJoined(reports: readonly SourceReport[]): SourceReport[] {
  return [...new Set(reports.map(({ source }) => source))].map((name) => {
    const lanes = reports.filter(({ source }) => source === name);
    const worst = [...lanes].sort((a, b) => WORST.indexOf(a.outcome) - WORST.indexOf(b.outcome))[0] as SourceReport;
    const problems = new Map(lanes.flatMap((lane) => lane.problems).map((one) => [JSON.stringify(one), one]));
    return {
      ...worst,
      ...totals(lanes),
      window: null,
      lower: lanes[0]?.lower ?? null,
      upper: lanes.findLast(({ upper }) => upper !== null)?.upper ?? null,
      problems: [...problems.values()],
    };
  });
}
