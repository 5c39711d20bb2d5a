import type { OrchestrationContext } from 'durable-functions';
import type { Problem } from '../shared/contracts/problem';
import { type Applied, readApply, startApply, type WindowTask } from '../shared/contracts/steps';
import { call, poll, type Steps } from './call';

type ApplyOutcome = Applied | { kind: 'no-rows' } | { kind: 'failed'; problem: Problem };

/** Merges a landed window into silver; one without rows, or lines to keep, starts no Spark job. */
export function* applyWindow(context: OrchestrationContext, work: WindowTask): Steps<ApplyOutcome> {
  const { state, account } = work.window;
  if (state !== 'landed' || (account?.landed === '0' && account.rejected === '0')) return { kind: 'no-rows' };
  for (let attempt = 1; ; attempt += 1) {
    const apply = yield* call(context, startApply, { ...work, attempt });
    const applied = yield* poll(context, work.task.pace, () => call(context, readApply, { ...work, apply }));
    if (applied.kind === 'applied') return applied;
    if (!applied.problem.transient || attempt === work.task.attempts) return applied;
  }
}
