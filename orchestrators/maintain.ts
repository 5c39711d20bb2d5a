import type { OrchestrationContext } from 'durable-functions';
import { z } from 'zod';
import {
  closeMaintenance,
  type ExpiryTask,
  MaintenanceRequest,
  openMaintenance,
  purgeHistory,
  readExpiry,
  readMaintain,
  startExpiry,
  startMaintain,
  sweepOrphans,
  type TableTask,
} from '../shared/contracts/maintenance';
import type { Problem } from '../shared/contracts/problem';
import { PartReport } from '../shared/contracts/run';
import { sendLetters } from '../shared/contracts/steps/letters';
import { call, type Orchestration, poll, type Steps } from './call';
import { contained } from './contained';
import { outside } from './outside';

/** Keeps the lake and the record in order: one table after the other, so that windows find the cluster free. */
function* run(context: OrchestrationContext, request: MaintenanceRequest): Steps<PartReport[]> {
  const plan = yield* call(context, openMaintenance, request);
  const parts: PartReport[] = [];
  for (const task of plan.tables) {
    parts.push(yield* part(`${task.layer}/${task.table}`, () => table(context, task)));
  }
  if (request.tables === null) {
    parts.push(yield* part('sweep', () => call(context, sweepOrphans, request)));
    parts.push(yield* part('history', () => call(context, purgeHistory, request)));
    for (const task of plan.expiries) {
      parts.push(yield* part(`${task.container}/${task.folder}`, () => expire(context, task)));
    }
  }
  yield* call(context, closeMaintenance, { request, parts });
  yield* call(context, sendLetters, null);
  return parts;
}

/** A window that is applied meanwhile may win over a compaction: then it is tried again. */
function* table(context: OrchestrationContext, task: TableTask): Steps<PartReport> {
  const done = yield* outside(context, task, {
    begin: (attempt) => call(context, startMaintain, { task, attempt }),
    ask: (maintain) => call(context, readMaintain, { task, maintain }),
  });
  return done.kind === 'done' ? done.report : failed(`${task.layer}/${task.table}`, done.problem);
}

function* expire(context: OrchestrationContext, task: ExpiryTask): Steps<PartReport> {
  const expiry = yield* call(context, startExpiry, task);
  const done = yield* poll(context, task.pace, () => call(context, readExpiry, { task, expiry }));
  return done.kind === 'done' ? done.report : failed(`${task.container}/${task.folder}`, done.problem);
}

const part = (name: string, body: () => Steps<PartReport>): Steps<PartReport> =>
  contained(name, body, (problem) => failed(name, problem));

const failed = (part: string, problem: Problem): PartReport => ({
  part,
  outcome: 'failed',
  detail: '',
  problems: [problem],
});

export const maintain: Orchestration<MaintenanceRequest, PartReport[]> = {
  name: 'maintain',
  input: MaintenanceRequest,
  output: z.array(PartReport),
  run,
};
