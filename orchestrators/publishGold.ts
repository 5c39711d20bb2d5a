import type { OrchestrationContext } from 'durable-functions';
import type { DatasetReport, RunReport, RunRequest, SourceReport } from '../shared/contracts/run';
import { closeRun, type DatasetTask, planGold, sendLetters } from '../shared/contracts/steps';
import { nextUp } from '../shared/gold/order';
import { datasetInstance } from '../shared/runs/instances';
import { runReport } from '../shared/runs/reports';
import { call, fanOut, type Steps } from './call';
import { publishDataset } from './publishDataset';

/** The second half of every run: the gold that its sources touch, in parallel but behind what it needs, then the news of it. */
export function* publishGold(
  context: OrchestrationContext,
  request: RunRequest,
  sources: SourceReport[],
  parallel: number,
): Steps<RunReport> {
  const gold = yield* call(context, planGold, { request, sources });
  const published: DatasetReport[] = [];
  for (let waiting = gold.tasks; waiting.length > 0; ) {
    const { go, blocked, left } = nextUp(waiting, published);
    const id = (task: DatasetTask): string => datasetInstance(request.run, task.dataset);
    published.push(...blocked, ...(yield* fanOut(context, publishDataset, go, id, parallel)));
    waiting = left;
  }

  const report = runReport(request, sources, [...published, ...gold.blocked]);
  yield* call(context, closeRun, { request, report });
  yield* call(context, sendLetters, null);
  return report;
}
