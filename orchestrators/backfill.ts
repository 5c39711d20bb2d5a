import type { OrchestrationContext } from 'durable-functions';
import { RunReport, RunRequest, type SourceReport } from '../shared/contracts/run';
import { openAside, openRun } from '../shared/contracts/steps';
import { sourceInstance } from '../shared/runs/instances';
import { lanesJoined } from '../shared/runs/lanesJoined';
import { stopped } from '../shared/runs/reports';
import { call, fanOut, type Orchestration, type Steps } from './call';
import { ingestSource } from './ingestSource';
import { publishGold } from './publishGold';

/** Windows beside the live history, a bounded number at a time, while live runs go on; then the gold that they touch. */
function* run(context: OrchestrationContext, request: RunRequest): Steps<RunReport> {
  const { parallel } = yield* call(context, openRun, request);
  const lanes = yield* call(context, openAside, request);
  const reports: SourceReport[] = yield* fanOut(
    context,
    ingestSource,
    lanes.tasks,
    (task) => sourceInstance(request.run, task.source, task.lane?.name),
    lanes.parallel,
  );
  reports.push(...lanes.busy.map((busy) => stopped(busy.where, 'busy', busy)));
  return yield* publishGold(context, request, lanesJoined(reports), parallel);
}

export const backfill: Orchestration<RunRequest, RunReport> = {
  name: 'backfill',
  input: RunRequest,
  output: RunReport,
  run,
};
