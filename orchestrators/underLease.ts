import type { OrchestrationContext } from 'durable-functions';
import type { SourceReport } from '../shared/contracts/run';
import { type LookTask, releaseLease, type SourceTask } from '../shared/contracts/steps';
import { problemOf } from '../shared/problem';
import { stopped } from '../shared/runs/reports';
import { call, type Steps } from './call';
import { inLine } from './inLine';

/** One writer a source: whatever goes wrong with it becomes its report and harms no other, and the lease goes back. */
export function* underLease(
  context: OrchestrationContext,
  task: SourceTask,
  body: (look: LookTask) => Steps<SourceReport>,
): Steps<SourceReport> {
  return yield* contained(task.source, function* () {
    const turn = yield* inLine(context, task);
    if (turn.kind === 'none') return turn.report;
    const { lease } = turn;
    const report = yield* contained(task.source, () => body({ task, lease }));
    yield* call(context, releaseLease, lease);
    return report;
  });
}

/** A piece of work that becomes its report, also when it fails. */
export function* contained(source: string, body: () => Steps<SourceReport>): Steps<SourceReport> {
  try {
    return yield* body();
  } catch (error) {
    return stopped(source, 'failed', problemOf(error, source));
  }
}
