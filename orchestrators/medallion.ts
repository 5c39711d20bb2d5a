import type { OrchestrationContext } from 'durable-functions';
import { type DatasetReport, RunReport, RunRequest, type SourceReport } from '../shared/contracts/run';
import { closeRun, openRun, planGold, sendLetters } from '../shared/contracts/steps';
import { runReport } from '../shared/runs/reports';
import { call, fanOut, type Orchestration, type Steps } from './call';
import { ingestSource } from './ingestSource';
import { publishDataset } from './publishDataset';
import { replaySource } from './replaySource';

/** A run: every wanted source into silver in parallel, then the gold that they touch, then the news of it. */
function* run(context: OrchestrationContext, request: RunRequest): Steps<RunReport> {
  const plan = yield* call(context, openRun, request);
  const sources: SourceReport[] = yield* fanOut(
    context,
    request.replay ? replaySource : ingestSource,
    plan.tasks,
    (task) => `${request.run}:source:${task.source}`,
    plan.parallel,
  );

  const gold = yield* call(context, planGold, { request, sources });
  const published: DatasetReport[] = yield* fanOut(
    context,
    publishDataset,
    gold.tasks,
    (task) => `${request.run}:dataset:${task.dataset}`,
    plan.parallel,
  );

  const report = runReport(request, sources, [...published, ...gold.blocked]);
  yield* call(context, closeRun, { request, report });
  yield* call(context, sendLetters, null);
  return report;
}

export const medallion: Orchestration<RunRequest, RunReport> = {
  name: 'medallion',
  input: RunRequest,
  output: RunReport,
  run,
};
