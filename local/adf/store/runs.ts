import type { Failure } from '../engine/failure';
import { limits } from '../limits';
import type { Entry, Journal } from './journal';
import { type ActivityRun, isOver, type PipelineRun, type Start } from './records';

/** All runs and their activities; every change is on disk before it is seen. */
export interface Runs {
  open(run: PipelineRun, start: Start): void;
  get(runId: string): PipelineRun | undefined;
  start(runId: string): Start | undefined;
  list(): PipelineRun[];
  activities(runId: string): ActivityRun[];
  update(runId: string, change: Partial<PipelineRun>): PipelineRun;
  activity(run: ActivityRun): void;
}

interface Kept {
  run: PipelineRun;
  start: Start;
  activities: Map<string, ActivityRun>;
}

const RESTARTED = 'The integration runtime was restarted while this was running. Start it again.';

/** Reads back what was kept; whatever was under way when the process died ends here as failed, for good. */
export function runs(kept: Journal, now: () => Date = () => new Date()): Runs {
  const all = new Map<string, Kept>();
  const must = (runId: string): Kept => {
    const found = all.get(runId);
    if (!found) throw new Error(`the run ${runId} is not known`);
    return found;
  };
  const store: Runs = {
    open(run, start) {
      kept.append(run.runId, [
        { kind: 'start', start },
        { kind: 'run', run },
      ]);
      all.set(run.runId, { run, start, activities: new Map() });
      for (const other of all.values())
        if (other.run.runGroupId === run.runGroupId && other.run.runId !== run.runId && other.run.isLatest)
          store.update(other.run.runId, { isLatest: false });
    },
    get: (runId) => all.get(runId)?.run,
    start: (runId) => all.get(runId)?.start,
    list: () => [...all.values()].map(({ run }) => run),
    activities: (runId) => [...(all.get(runId)?.activities.values() ?? [])],
    update(runId, change) {
      const one = must(runId);
      const run = { ...one.run, ...change, lastUpdated: now().toISOString() };
      kept.append(runId, [{ kind: 'run', run }]);
      one.run = run;
      return run;
    },
    activity(activity) {
      kept.append(activity.pipelineRunId, [{ kind: 'activity', activity }]);
      must(activity.pipelineRunId).activities.set(activity.activityRunId, activity);
    },
  };
  for (const [runId, entries] of kept.read()) {
    const one = fold(entries);
    const expired = one && now().getTime() - Date.parse(one.run.lastUpdated) > limits.runRetentionDays * 86_400_000;
    if (!one || expired) kept.remove(runId);
    else all.set(runId, one);
  }
  for (const { run } of [...all.values()]) if (!isOver(run.status)) endRestarted(store, run, now());
  return store;
}

function fold(entries: Entry[]): Kept | undefined {
  let run: PipelineRun | undefined;
  let start: Start | undefined;
  const activities = new Map<string, ActivityRun>();
  for (const entry of entries) {
    if (entry.kind === 'run') run = entry.run;
    if (entry.kind === 'start') start = entry.start;
    if (entry.kind === 'activity') activities.set(entry.activity.activityRunId, entry.activity);
  }
  return run && start ? { run, start, activities } : undefined;
}

function endRestarted(store: Runs, run: PipelineRun, now: Date): void {
  for (const activity of store.activities(run.runId).filter(({ status }) => status === 'InProgress')) {
    const error: Failure = {
      errorCode: '2001',
      message: RESTARTED,
      failureType: 'SystemError',
      target: activity.activityName,
      details: [],
    };
    const durationInMs = now.getTime() - Date.parse(activity.activityRunStart);
    store.activity({ ...activity, status: 'Failed', activityRunEnd: now.toISOString(), durationInMs, error });
  }
  // A cancel that was already acknowledged wins: what was asked for has come to pass.
  const status = run.status === 'Canceling' ? 'Cancelled' : 'Failed';
  const durationInMs = now.getTime() - Date.parse(run.runStart);
  store.update(run.runId, {
    status,
    message: status === 'Failed' ? RESTARTED : '',
    runEnd: now.toISOString(),
    durationInMs,
  });
}
