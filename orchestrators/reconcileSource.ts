import type { OrchestrationContext } from 'durable-functions';
import type { Listing } from '../shared/contracts/listing';
import type { SourceReport } from '../shared/contracts/run';
import type { LookTask } from '../shared/contracts/steps';
import { checkBronze, readCompare, Summed, startCompare, Traced } from '../shared/contracts/steps/listing';
import { asText, problemOf } from '../shared/problem';
import { bronzeChecked, contentCompared, notReconciled } from '../shared/runs/reconciled';
import { call, type Steps } from './call';
import { listed } from './listed';
import { outside } from './outside';

/**
 * Bronze is held against what landed, and silver against its source, behind its windows and under the same lease: sums
 * first, rows where they differ.
 */
export function* reconcileSource(
  context: OrchestrationContext,
  look: LookTask,
  moved: SourceReport,
): Steps<SourceReport> {
  let report = moved;
  try {
    report = bronzeChecked(report, yield* call(context, checkBronze, look));
    if (look.task.reconcile !== 'content') return report;
    const sums = Summed.parse(yield* compared(context, look, { kind: 'sums' }));
    if (sums.buckets.length === 0) return contentCompared(report, sums, null);
    const rows = yield* compared(context, look, { kind: 'rows', buckets: sums.buckets });
    return contentCompared(report, sums, Traced.parse(rows));
  } catch (error) {
    return notReconciled(report, problemOf(error, look.task.source));
  }
}

function* compared(context: OrchestrationContext, look: LookTask, listing: Listing) {
  const list = yield* listed(context, look, listing);
  if (list.kind === 'failed') throw new Error(asText(list.problem));
  const work = { ...look, listing };
  const found = yield* outside(context, look.task, {
    begin: (attempt) => call(context, startCompare, { ...work, attempt }),
    ask: (job, attempt) => call(context, readCompare, { ...work, attempt, job }),
  });
  if (found.kind === 'failed') throw new Error(asText(found.problem));
  return found;
}
