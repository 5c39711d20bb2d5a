import { z } from 'zod';
import { RunId } from '../../shared/contracts/ids';
import { AuditList, Cancelling, CancelRun } from '../../shared/contracts/operate';
import { ProblemError } from '../../shared/errors';
import { problem } from '../../shared/problem';
import { audited } from '../audited';
import { cancelRun as cancelled } from '../cancel';
import { bodyOf, type Call, json, queryOf, type Route, runNamed } from '../route';

/** Whether the orchestrator of a run is there and has not ended. */
const alive = async ({ services, context }: Call, run: string): Promise<boolean> =>
  (await services.instances(context).look(run)).kind === 'alive';

const cancelRun: Route = {
  name: 'cancelRun',
  method: 'POST',
  path: 'runs/{run}/cancel',
  role: 'Operator',
  takes: CancelRun,
  answers: Cancelling,
  handle: async (call) => {
    const { reason } = await bodyOf(call, CancelRun);
    const run = await runNamed(call);
    const { ports } = call.services;
    return audited(call, { action: 'run.cancel', subject: run.run, reason, asked: { reason } }, async () => {
      if (run.ended && !(await ports.runs.cancellation(run.run))) {
        throw new ProblemError(
          problem('RUN_ENDED', run.run, `it ended as ${run.status}.`, 'There is nothing to cancel.'),
        );
      }
      const by = { actor: call.caller.actor, reason, at: ports.now().toISOString() };
      if (!run.ended) await cancelled(ports, run, by, () => alive(call, run.run));
      return { before: run.status, after: 'cancelling', answer: json(Cancelling, { run: run.run }, 202) };
    });
  },
};

const Page = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), before: RunId.optional() });

const listAudit: Route = {
  name: 'listAudit',
  method: 'GET',
  path: 'audit',
  role: 'Reader',
  query: Page,
  answers: AuditList,
  handle: async ({ request, services }) => {
    const { limit, before } = queryOf(request, Page);
    const entries = await services.ports.audit.list(limit, before);
    return json(AuditList, { entries, next: entries.length === limit ? (entries.at(-1)?.id ?? null) : null });
  },
};

export const operateRoutes: readonly Route[] = [cancelRun, listAudit];
