import type { Run } from '../../../../shared/contracts/run';

/** What the address asks for: status, trigger and source; an absent or empty one asks for all. */
export type RunFilter = Readonly<Record<string, string>>;

export function filterRuns(runs: readonly Run[], filter: RunFilter): readonly Run[] {
  const { status = '', trigger = '', source = '' } = filter;
  return runs.filter(
    (run) =>
      (status === '' || run.status === status) &&
      (trigger === '' || run.trigger.kind === trigger) &&
      (source === '' || run.wanted.includes(source) || run.sources.some((report) => report.source === source)),
  );
}
