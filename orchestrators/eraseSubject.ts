import type { OrchestrationContext } from 'durable-functions';
import { z } from 'zod';
import {
  awaitLanes,
  closeErasure,
  dropCopies,
  dropForms,
  ErasureRequest,
  openErasure,
  readErase,
  startErase,
} from '../shared/contracts/erasure';
import type { Problem } from '../shared/contracts/problem';
import { type DatasetReport, PartReport } from '../shared/contracts/run';
import { releaseLease, type SourceTask, sendLetters, takeLease } from '../shared/contracts/steps';
import type { Lease } from '../shared/contracts/window';
import { problemOf } from '../shared/problem';
import { datasetInstance } from '../shared/runs/instances';
import { hasFailed } from '../shared/runs/reports';
import { attempted, call, fanOut, type Orchestration, poll, type Steps } from './call';
import { publishDataset } from './publishDataset';

const PARALLEL = 4;

/** Erases a person: the ledger first, then every layer while no window is written, then gold and what others were given. */
function* run(context: OrchestrationContext, request: ErasureRequest): Steps<PartReport[]> {
  const plan = yield* call(context, openErasure, request);
  const parts: PartReport[] = yield* contained(request.table, function* () {
    yield* poll(context, plan.task.pace, () => call(context, awaitLanes, request));
    const answer = yield* poll(context, plan.task.pace, () => call(context, takeLease, plan.task));
    if (answer.kind === 'busy') return [failed(request.table, answer.problem)];
    const erased = yield* contained(request.table, () => erase(context, request, plan.task, answer.lease));
    yield* call(context, releaseLease, answer.lease);
    return erased;
  });
  if (!parts.some(hasFailed)) {
    const id = ({ dataset }: { dataset: string }) => datasetInstance(request.run, dataset);
    const published: DatasetReport[] = yield* fanOut(context, publishDataset, plan.datasets, id, PARALLEL);
    parts.push(...published.map(partOf));
    parts.push(...(yield* contained('gold', () => call(context, dropForms, request))));
  }
  yield* call(context, closeErasure, { request, parts });
  yield* call(context, sendLetters, null);
  return parts;
}

function* erase(
  context: OrchestrationContext,
  request: ErasureRequest,
  task: SourceTask,
  lease: Lease,
): Steps<PartReport[]> {
  const done = yield* attempted(context, task.attempts, function* (attempt) {
    const erase = yield* call(context, startErase, { request, attempt });
    return yield* poll(context, task.pace, () => call(context, readErase, { request, lease, erase }));
  });
  if (done.kind === 'failed') return [failed(request.table, done.problem)];
  return [...done.parts, ...(yield* call(context, dropCopies, request))];
}

function* contained(part: string, body: () => Steps<PartReport[]>): Steps<PartReport[]> {
  try {
    return yield* body();
  } catch (error) {
    return [failed(part, problemOf(error, part))];
  }
}

const failed = (part: string, problem: Problem): PartReport => ({
  part,
  outcome: 'failed',
  detail: '',
  problems: [problem],
});

const partOf = ({ dataset, outcome, rows, problems }: DatasetReport): PartReport => ({
  part: `exports/${dataset}`,
  outcome: outcome === 'published' ? 'done' : 'failed',
  detail: outcome === 'published' ? `published and exported anew, ${rows} rows` : outcome,
  problems,
});

export const eraseSubject: Orchestration<ErasureRequest, PartReport[]> = {
  name: 'eraseSubject',
  input: ErasureRequest,
  output: z.array(PartReport),
  run,
};
