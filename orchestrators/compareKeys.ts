import type { OrchestrationContext } from 'durable-functions';
import type { SourceReport } from '../shared/contracts/run';
import type { LookTask } from '../shared/contracts/steps';
import { noteDeletes, readDeletes, startDeletes } from '../shared/contracts/steps/keys';
import { problemOf } from '../shared/problem';
import { keysCompared, keysNot } from '../shared/runs/keys';
import { attempted, call, poll, type Steps } from './call';
import { listed } from './listed';

/** Rows that are gone at their source are found by their keys, behind its windows and under the same lease. */
export function* compareKeys(context: OrchestrationContext, look: LookTask, moved: SourceReport): Steps<SourceReport> {
  try {
    return yield* compared(context, look, moved);
  } catch (error) {
    return keysNot(moved, 'failed', problemOf(error, look.task.source));
  }
}

function* compared(context: OrchestrationContext, look: LookTask, moved: SourceReport): Steps<SourceReport> {
  const { pace, attempts } = look.task;
  const begun = context.df.currentUtcDateTime.toISOString();
  const list = yield* listed(context, look, { kind: 'keys' });
  if (list.kind === 'failed') return keysNot(moved, 'failed', list.problem);
  const done = yield* attempted(context, attempts, function* (attempt) {
    const work = { ...look, attempt };
    const job = yield* call(context, startDeletes, { ...work, begun });
    return yield* poll(context, pace, () => call(context, readDeletes, { ...work, job }));
  });
  const deleted = done.kind === 'compared' ? done.deleted : done.kind === 'stopped' ? '0' : null;
  if (deleted !== '0') yield* call(context, noteDeletes, { ...look, deleted });
  return done.kind === 'compared' ? keysCompared(moved, done) : keysNot(moved, done.kind, done.problem);
}
