import type { OrchestrationContext } from 'durable-functions';
import type { Problem } from '../shared/contracts/problem';
import { type Applied, readApply, startApply, type WindowTask } from '../shared/contracts/steps';
import { changesTable } from '../shared/windows/account';
import { call, type Steps } from './call';
import { outside } from './outside';

type ApplyOutcome = Applied | { kind: 'no-rows' } | { kind: 'failed'; problem: Problem };

/** Merges a landed window into silver; one that changes nothing there starts no Spark job. */
export function* applyWindow(context: OrchestrationContext, work: WindowTask): Steps<ApplyOutcome> {
  if (work.window.state !== 'landed' || !changesTable(work.window, work.task.replaces)) return { kind: 'no-rows' };
  return yield* outside(context, work.task, {
    begin: (attempt) => call(context, startApply, { ...work, attempt }),
    ask: (apply) => call(context, readApply, { ...work, apply }),
  });
}
