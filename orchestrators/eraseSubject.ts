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
import { hasFailed } from '../shared/runs/reports';
import { call, type Orchestration, poll, type Steps } from './call';
import { contained } from './contained';
import { inLine } from './inLine';
import { outside } from './outside';
import { publishAnew } from './publishAnew';

type Plan = z.infer<typeof openErasure.output>;

/** Erases a person: the ledger first, then every layer while no window is written, then gold and what others were given. */
function* run(context: OrchestrationContext, request: ErasureRequest): Steps<PartReport[]> {
  const plan = yield* call(context, openErasure, request);
  const parts = yield* contained(request.table, () => erased(context, request, plan.task), failure(request.table));
  if (!parts.some(hasFailed)) {
    parts.push(...(yield* contained('gold', () => anew(context, request, plan), failure('gold'))));
  }
  yield* call(context, closeErasure, { request, parts });
  yield* call(context, sendLetters, null);
  return parts;
}

/** While nobody else is at work on the table; the lease goes back, however it ends. */
function* erased(context: OrchestrationContext, request: ErasureRequest, task: SourceTask): Steps<PartReport[]> {
  yield* poll(context, task.pace, () => call(context, awaitLanes, request));
  const turn = yield* inLine(context, task);
  if (turn.kind === 'none') return [failed(request.table, turn.report.problems)];
  const { lease } = turn;
  const parts = yield* contained(request.table, () => erase(context, request, task, lease), failure(request.table));
  yield* call(context, releaseLease, lease);
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
  const done = yield* outside(context, task, {
    begin: (attempt) => call(context, startErase, { request, attempt }),
    ask: (erase) => call(context, readErase, { request, lease, erase }),
  });
  if (done.kind === 'failed') return [failed(request.table, [done.problem])];
  return [...done.parts, ...(yield* call(context, dropCopies, request))];
}

const failed = (part: string, problems: Problem[]): PartReport => ({ part, outcome: 'failed', detail: '', problems });

const failure =
  (part: string) =>
  (problem: Problem): PartReport[] => [failed(part, [problem])];

export const eraseSubject: Orchestration<ErasureRequest, PartReport[]> = {
  name: 'eraseSubject',
  input: ErasureRequest,
  output: z.array(PartReport),
  run,
};
