import { z } from 'zod';
import { Started } from '../../shared/contracts/api';
import { RunId } from '../../shared/contracts/ids';
import { AuditList, Cancelling, CancelRun, RerunRun } from '../../shared/contracts/operate';
import type { Run } from '../../shared/contracts/run';
import { ProblemError } from '../../shared/errors';
import { problem } from '../../shared/problem';
import { leftOf } from '../../shared/runs/rerun';
import { audited } from '../audited';
import { cancelRun as cancelled } from '../cancel';
import { bodyOf, type Call, json, notFound, type Route, runOf } from '../route';

const known = async ({ request, services }: Call): Promise<Run> => {
  const id = runOf(request);
  const run = await services.ports.runs.get(id);
  if (!run) throw notFound(`run ${id}`);
  return run;
};

const cancelRun: Route = {
  name: 'cancelRun',
  method: 'POST',
  path: 'runs/{run}/cancel',
  role: 'Operator',
  takes: CancelRun,
  answers: Cancelling,
  handle: async (call) => {
    const { reason } = CancelRun.parse(await bodyOf(call));
    const run = await known(call);
    const { ports } = call.services;
    return audited(call, { action: 'run.cancel', subject: run.run, reason, asked: { reason } }, async () => {
      if (run.ended && !(await ports.runs.cancellation(run.run))) {
        throw new ProblemError(
          problem('RUN_ENDED', run.run, `it ended as ${run.status}.`, 'There is nothing to cancel.'),
        );
      }
      const by = { actor: call.caller.actor, reason, at: ports.now().toISOString() };
      if (!run.ended) await cancelled(ports, run, by, () => call.services.alive(call.context, run.run));
      return { before: run.status, after: 'cancelling', answer: json(Cancelling, { run: run.run }, 202) };
    });
  },
};

const rerunRun: Route = {
  name: 'rerunRun',
  method: 'POST',
  path: 'runs/{run}/rerun',
  role: 'Operator',
  takes: RerunRun,
  answers: Started,
  handle: async (call) => {
    const { reason } = RerunRun.parse(await bodyOf(call));
    const { services, caller, context } = call;
    const run = await known(call);
    const catalog = await services.catalog();
    return audited(call, { action: 'run.rerun', subject: run.run, reason, asked: { reason } }, async (id) => {
      if (!run.ended) throw still(run);
      const left = leftOf(run, catalog);
      if (left.sources.length + left.datasets.length === 0) throw complete(run);
      const trigger = { kind: 'http', actor: caller.actor, reason } as const;
      await services.start(context, { run: id, catalog, ...left, trigger, rerunOf: run.run });
      const after = `run ${id}: ${[...left.sources, ...left.datasets].join(' ')}`;
      return { before: run.status, after, answer: json(Started, { run: id }, 202) };
    });
  },
};

const still = ({ run, status }: Run): ProblemError =>
  new ProblemError(
    problem('RUN_ACTIVE', run, `it is ${status} and has not ended.`, 'Wait for its end, or cancel it first.'),
  );

const complete = ({ run, status }: Run): ProblemError =>
  new ProblemError(
    problem('RUN_ENDED', run, `it ended as ${status}: nothing of it is left to do.`, 'Start a new run instead.'),
  );

const Page = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), before: RunId.optional() });

const listAudit: Route = {
  name: 'listAudit',
  method: 'GET',
  path: 'audit',
  role: 'Reader',
  answers: AuditList,
  handle: async ({ request, services }) => {
    const { limit, before } = Page.parse(Object.fromEntries(request.query));
    const entries = await services.ports.audit.list(limit, before);
    return json(AuditList, { entries, next: entries.length === limit ? (entries.at(-1)?.id ?? null) : null });
  },
};

export const operateRoutes: readonly Route[] = [cancelRun, rerunRun, listAudit];
