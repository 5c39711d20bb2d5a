import type { OrchestrationContext } from 'durable-functions';
import { SourceReport } from '../shared/contracts/run';
import {
  commitWindow,
  type LookTask,
  landWindow,
  planWindow,
  releaseLease,
  SourceTask,
  takeLease,
} from '../shared/contracts/steps';
import { problemOf } from '../shared/problem';
import { committed, nothingNew, stopped } from '../shared/runs/reports';
import { applyWindow } from './applyWindow';
import { call, type Orchestration, poll, type Steps } from './call';
import { copyWindow } from './copyWindow';
import { findFiles } from './findFiles';

/** One source moves one window on, alone: whatever goes wrong with it becomes its report and harms no other. */
function* run(context: OrchestrationContext, task: SourceTask): Steps<SourceReport> {
  return yield* contained(task.source, function* () {
    const answer = yield* poll(context, task.pace, () => call(context, takeLease, task));
    if (answer.kind === 'busy') return stopped(task.source, 'busy', answer.problem);
    const { lease } = answer;
    const report = yield* contained(task.source, () => throughWindow(context, { task, lease }));
    yield* call(context, releaseLease, lease);
    return report;
  });
}

function* contained(source: string, body: () => Steps<SourceReport>): Steps<SourceReport> {
  try {
    return yield* body();
  } catch (error) {
    return stopped(source, 'failed', problemOf(error, source));
  }
}

function* throughWindow(context: OrchestrationContext, look: LookTask): Steps<SourceReport> {
  const { task } = look;
  const found = yield* findFiles(context, look);
  if (found.kind === 'failed') return stopped(task.source, 'failed', found.problem);

  const planned = yield* call(context, planWindow, { ...look, files: found.files, until: null });
  if (planned.kind === 'nothing-new') return nothingNew(task.source);
  if (planned.kind === 'parked') return parked(planned.window);

  const copied = yield* copyWindow(context, look, planned.window);
  if (copied.kind === 'failed') return stopped(task.source, 'failed', copied.problem, copied.window);
  if (copied.kind === 'parked') return parked(copied.window);
  const landed =
    copied.kind === 'copied'
      ? yield* call(context, landWindow, { ...look, window: copied.window, copied: copied.copied })
      : { kind: 'landed' as const, window: copied.window, problems: [] };
  if (landed.kind === 'parked') return parked(landed.window);

  const applied = yield* applyWindow(context, { ...look, window: landed.window });
  if (applied.kind === 'failed') return stopped(task.source, 'failed', applied.problem, landed.window);

  yield* call(context, commitWindow, { ...look, window: landed.window });
  return committed(landed.window, applied.kind === 'applied' ? applied : null, landed.problems);
}

const parked = (window: Parameters<typeof committed>[0]): SourceReport =>
  stopped(window.source, 'parked', window.problem ?? problemOf('parked without a reason', window.source), window);

export const ingestSource: Orchestration<SourceTask, SourceReport> = {
  name: 'ingestSource',
  input: SourceTask,
  output: SourceReport,
  run,
};
