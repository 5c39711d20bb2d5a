import type { OrchestrationContext } from 'durable-functions';
import type { RunReport, RunRequest, SourceReport } from '../shared/contracts/run';
import { closeRun, planGold } from '../shared/contracts/steps';
import { sendLetters } from '../shared/contracts/steps/letters';
import { runReport } from '../shared/runs/reports';
import { call, type Steps } from './call';
import { publishInTurn } from './publishInTurn';

/** The second half of every run: the gold that its sources touch, in parallel but behind what it needs, then the news of it. */
export function* publishGold(
  context: OrchestrationContext,
  request: RunRequest,
  sources: SourceReport[],
  parallel: number,
): Steps<RunReport> {
  const gold = yield* call(context, planGold, { request, sources });
  const published = yield* publishInTurn(context, gold.tasks, parallel);
  const report = runReport(request, sources, [...published, ...gold.blocked]);
  yield* call(context, closeRun, { request, report });
  yield* call(context, sendLetters, null);
  return report;
}
