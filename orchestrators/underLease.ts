import type { OrchestrationContext } from 'durable-functions';
import type { Problem } from '../shared/contracts/problem';
import type { SourceReport } from '../shared/contracts/run';
import { type LookTask, releaseLease, type SourceTask } from '../shared/contracts/steps';
import { stopped } from '../shared/runs/reports';
import { call, type Steps } from './call';
import { contained } from './contained';
import { inLine } from './inLine';

/** One writer a source: whatever goes wrong with it becomes its report and harms no other, and the lease goes back. */
export function* underLease(
  context: OrchestrationContext,
  task: SourceTask,
  body: (look: LookTask) => Steps<SourceReport>,
): Steps<SourceReport> {
  const failed = (problem: Problem) => stopped(task.source, 'failed', problem);
  const turned = function* (): Steps<SourceReport> {
    const turn = yield* inLine(context, task);
    if (turn.kind === 'none') return turn.report;
    const { lease } = turn;
    const report = yield* contained(task.source, () => body({ task, lease }), failed);
    yield* call(context, releaseLease, lease);
    return report;
  };
  return yield* contained(task.source, turned, failed);
}
