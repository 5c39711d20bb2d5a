import type { OrchestrationContext } from 'durable-functions';
import { readReplay, settleReplay, startReplay } from '../shared/contracts/replay';
import { SourceReport } from '../shared/contracts/run';
import { type LookTask, SourceTask } from '../shared/contracts/steps';
import { replayed, stopped } from '../shared/runs/reports';
import { call, type Orchestration, type Steps } from './call';
import { outside } from './outside';
import { underLease } from './underLease';

/** Quarantined rows of one source once more into its table, by nobody else at the same time; its windows stay as they are. */
function* run(context: OrchestrationContext, task: SourceTask): Steps<SourceReport> {
  return yield* underLease(context, task, (look) => throughReplay(context, look));
}

function* throughReplay(context: OrchestrationContext, work: LookTask): Steps<SourceReport> {
  const { task } = work;
  const done = yield* outside(context, task, {
    begin: (attempt) => call(context, startReplay, { ...work, attempt }),
    ask: (replay) => call(context, readReplay, { ...work, replay }),
  });
  if (done.kind === 'failed') return stopped(task.source, 'failed', done.problem);
  yield* call(context, settleReplay, { ...work, again: done.again });
  return replayed(task.source, done);
}

export const replaySource: Orchestration<SourceTask, SourceReport> = {
  name: 'replaySource',
  input: SourceTask,
  output: SourceReport,
  run,
};
