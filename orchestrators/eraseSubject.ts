import type { OrchestrationContext } from 'durable-functions';
import { z } from 'zod';
import {
  awaitLanes,
  awaitRuns,
  closeErasure,
  dropCopies,
  ErasureRequest,
  findReaders,
  openErasure,
  readErase,
  startErase,
} from '../shared/contracts/erasure';
import type { Problem } from '../shared/contracts/problem';
import { PartReport } from '../shared/contracts/run';
import { releaseLease, type SourceTask } from '../shared/contracts/steps';
import { sendLetters } from '../shared/contracts/steps/letters';
import type { Lease } from '../shared/contracts/window';
import { problemOf } from '../shared/problem';
import { hasFailed } from '../shared/runs/reports';
import { attempted, call, type Orchestration, poll, type Steps } from './call';
import { inLine } from './inLine';
import { publishAnew } from './publishAnew';

type Plan = z.infer<typeof openErasure.output>;

/** Erases a person: the ledger first, then every layer while no window is written, then gold and what others were given. */
function* run(context: OrchestrationContext, request: ErasureRequest): Steps<PartReport[]> {
  const plan = yield* call(context, openErasure, request);
  const parts: PartReport[] = yield* contained(request.table, function* () {
    yield* poll(context, plan.task.pace, () => call(context, awaitLanes, request));
    const turn = yield* inLine(context, plan.task);
    if (turn.kind === 'none') return [failed(request.table, turn.report.problems)];
    const erased = yield* contained(request.table, () => erase(context, request, plan.task, turn.lease));
    yield* call(context, releaseLease, turn.lease);
    return erased;
  });
  if (!parts.some(hasFailed)) {
    parts.push(...(yield* contained('gold', () => anew(context, request, plan))));
  }
  yield* call(context, closeErasure, { request, parts });
  yield* call(context, sendLetters, null);
  return parts;
}

/** Behind the runs that may have read the person: what they publish does not come after what is published without them. */
function* anew(context: OrchestrationContext, request: ErasureRequest, plan: Plan): Steps<PartReport[]> {
  const readers = yield* call(context, findReaders, request);
  yield* poll(context, plan.task.pace, () => call(context, awaitRuns, readers));
  return yield* publishAnew(context, request, plan.datasets);
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
  if (done.kind === 'failed') return [failed(request.table, [done.problem])];
  return [...done.parts, ...(yield* call(context, dropCopies, request))];
}

function* contained(part: string, body: () => Steps<PartReport[]>): Steps<PartReport[]> {
  try {
    return yield* body();
  } catch (error) {
    return [failed(part, [problemOf(error, part)])];
  }
}

const failed = (part: string, problems: Problem[]): PartReport => ({ part, outcome: 'failed', detail: '', problems });

export const eraseSubject: Orchestration<ErasureRequest, PartReport[]> = {
  name: 'eraseSubject',
  input: ErasureRequest,
  output: z.array(PartReport),
  run,
};
