import type { OrchestrationContext } from 'durable-functions';
import { SourceReport } from '../shared/contracts/run';
import { type LookTask, SourceTask } from '../shared/contracts/steps';
import { isComparable } from '../shared/runs/keys';
import { joined, stopped } from '../shared/runs/reports';
import type { Orchestration, Steps } from './call';
import { compareKeys } from './compareKeys';
import { contained } from './contained';
import { reconcileSource } from './reconcileSource';
import { type Ahead, ended, type Moved, throughWindow } from './throughWindow';
import { underLease } from './underLease';

/** One source moves on, window by window, alone: whatever goes wrong with it becomes its report and harms no other. */
function* run(context: OrchestrationContext, task: SourceTask): Steps<SourceReport> {
  return yield* underLease(context, task, function* (look) {
    let moved = yield* throughWindows(context, look);
    if (task.keys && isComparable(moved)) moved = yield* compareKeys(context, look, moved);
    return task.reconcile && isComparable(moved) ? yield* reconcileSource(context, look, moved) : moved;
  });
}

/** As many windows as it takes; each commits for itself, so what is done stays done. */
function* throughWindows(context: OrchestrationContext, look: LookTask): Steps<SourceReport> {
  const reports: SourceReport[] = [];
  for (let ahead: Ahead = { until: null, files: null }; ; ) {
    const { source } = look.task;
    const moved: Moved = yield* contained(
      source,
      () => throughWindow(context, look, ahead),
      (problem) => ended(stopped(source, 'failed', problem)),
    );
    reports.push(moved.report);
    if (moved.next === null) return joined(reports);
    ahead = moved.next;
  }
}

export const ingestSource: Orchestration<SourceTask, SourceReport> = {
  name: 'ingestSource',
  input: SourceTask,
  output: SourceReport,
  run,
};
