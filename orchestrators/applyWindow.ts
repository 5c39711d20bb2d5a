import type { OrchestrationContext } from 'durable-functions';
import type { Problem } from '../shared/contracts/problem';
import { type Applied, readApply, startApply, type WindowTask } from '../shared/contracts/steps';
import { attempted, call, poll, type Steps } from './call';

type ApplyOutcome = Applied | { kind: 'no-rows' } | { kind: 'failed'; problem: Problem };

/** Merges a landed window into silver; one without rows, or lines to keep, starts no Spark job. */
export function* applyWindow(context: OrchestrationContext, work: WindowTask): Steps<ApplyOutcome> {
  const { state, account } = work.window;
  if (state !== 'landed' || (account?.landed === '0' && account.rejected === '0')) return { kind: 'no-rows' };
  return yield* attempted(context, work.task.attempts, function* (attempt): Steps<ApplyOutcome> {
    const apply = yield* call(context, startApply, { ...work, attempt });
    return yield* poll(context, work.task.pace, () => call(context, readApply, { ...work, apply }));
  });
}
