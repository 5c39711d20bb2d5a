import type { Run } from '../../../../shared/contracts/run';
import type { RunList } from '../../api/answers';

/** Runs by their id. */
export type SeenRuns = ReadonlyMap<string, Run>;

/** Runs that were looked up replace what was known of them, and join the others. */
export const joined = (seen: SeenRuns, runs: readonly Run[]): SeenRuns =>
  new Map([...seen, ...runs.map((run): [string, Run] => [run.run, run])]);

/**
 * Whether runs may be missing between the newest page and what was seen before: so many have come that the page does not
 * reach down to those, as in a tab that nobody looked at for a night.
 */
export function isBehindGap(seen: SeenRuns, { runs, next }: RunList): boolean {
  const oldest = runs.at(-1);
  return next !== null && oldest !== undefined && seen.size > 0 && [...seen.keys()].every((run) => run < oldest.run);
}

/** Runs that were under way when they were last seen, and are too old for the newest page to tell of their end. */
export const openBehind = (seen: SeenRuns, { runs }: RunList): string[] =>
  [...seen.values()]
    .filter(({ run, ended }) => ended === null && !runs.some((one) => one.run === run))
    .map(({ run }) => run);
