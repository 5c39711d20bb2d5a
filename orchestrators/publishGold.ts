import type { OrchestrationContext } from 'durable-functions';
import type { DatasetReport, RunReport, RunRequest, SourceReport } from '../shared/contracts/run';
import { closeRun, planGold, sendLetters } from '../shared/contracts/steps';
import { datasetInstance } from '../shared/runs/instances';
import { runReport } from '../shared/runs/reports';
import { call, fanOut, type Steps } from './call';
import { publishDataset } from './publishDataset';

/** The second half of every run: the gold that its sources touch, in parallel, then the news of it. */
export function* publishGold(
  context: OrchestrationContext,
  request: RunRequest,
  sources: SourceReport[],
  parallel: number,
): Steps<RunReport> {
  const gold = yield* call(context, planGold, { request, sources });
  const published: DatasetReport[] = yield* fanOut(
    context,
    publishDataset,
    gold.tasks,
    (task) => datasetInstance(request.run, task.dataset),
    parallel,
  );

  const report = runReport(request, sources, [...published, ...gold.blocked]);
  yield* call(context, closeRun, { request, report });
  yield* call(context, sendLetters, null);
  return report;
}
