import type { OrchestrationContext } from 'durable-functions';
import { RunReport, RunRequest, type SourceReport } from '../shared/contracts/run';
import { openRun } from '../shared/contracts/steps';
import { sourceInstance } from '../shared/runs/instances';
import { call, fanOut, type Orchestration, type Steps } from './call';
import { ingestSource } from './ingestSource';
import { publishGold } from './publishGold';
import { replaySource } from './replaySource';

/** A run: every wanted source into silver in parallel, then the gold that they touch, then the news of it. */
function* run(context: OrchestrationContext, request: RunRequest): Steps<RunReport> {
  const plan = yield* call(context, openRun, request);
  const sources: SourceReport[] = yield* fanOut(
    context,
    request.replay ? replaySource : ingestSource,
    plan.tasks,
    (task) => sourceInstance(request.run, task.source),
    plan.parallel,
  );
  return yield* publishGold(context, request, sources, plan.parallel);
}

export const medallion: Orchestration<RunRequest, RunReport> = {
  name: 'medallion',
  input: RunRequest,
  output: RunReport,
  run,
};
