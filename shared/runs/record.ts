import type { Run, RunRequest } from '../contracts/run';

/** A run as it is recorded: what was asked of it, and how far it is. */
export const recordOf = (
  { run, trigger, catalog, sources, rerunOf, replay, aside, keys, reconcile }: RunRequest,
  progress: Pick<Run, 'status' | 'started' | 'ended'> & Partial<Pick<Run, 'sources' | 'datasets' | 'problem'>>,
): Run => ({
  run,
  trigger,
  catalog,
  wanted: sources,
  ...(rerunOf !== undefined && { rerunOf }),
  ...(replay !== undefined && { replay }),
  ...(aside !== undefined && { aside }),
  ...(keys !== undefined && { keys }),
  ...(reconcile !== undefined && { reconcile }),
  sources: [],
  datasets: [],
  problem: null,
  ...progress,
});
