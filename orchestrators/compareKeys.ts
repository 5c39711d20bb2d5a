import type { OrchestrationContext } from 'durable-functions';
import type { SourceReport } from '../shared/contracts/run';
import type { LookTask } from '../shared/contracts/steps';
import { noteDeletes, readDeletes, startDeletes } from '../shared/contracts/steps/keys';
import { keysCompared, keysNot } from '../shared/runs/keys';
import { call, type Steps } from './call';
import { contained } from './contained';
import { listed } from './listed';
import { outside } from './outside';

/** Rows that are gone at their source are found by their keys, behind its windows and under the same lease. */
export function* compareKeys(context: OrchestrationContext, look: LookTask, moved: SourceReport): Steps<SourceReport> {
  return yield* contained(
    look.task.source,
    () => compared(context, look, moved),
    (problem) => keysNot(moved, 'failed', problem),
  );
}

function* compared(context: OrchestrationContext, look: LookTask, moved: SourceReport): Steps<SourceReport> {
  const begun = context.df.currentUtcDateTime.toISOString();
  const list = yield* listed(context, look, { kind: 'keys' });
  if (list.kind === 'failed') return keysNot(moved, 'failed', list.problem);
  const done = yield* outside(context, look.task, {
    begin: (attempt) => call(context, startDeletes, { ...look, attempt, begun }),
    ask: (job, attempt) => call(context, readDeletes, { ...look, attempt, job }),
  });
  const deleted = done.kind === 'compared' ? done.deleted : done.kind === 'stopped' ? '0' : null;
  if (deleted !== '0') yield* call(context, noteDeletes, { ...look, deleted });
  return done.kind === 'compared' ? keysCompared(moved, done) : keysNot(moved, done.kind, done.problem);
}
