import { z } from 'zod';
import { RunDetail, RunList, Started, StartRun } from '../../shared/contracts/api';
import { RunId } from '../../shared/contracts/ids';
import { audited } from '../audited';
import { bodyOf, json, queryOf, type Route, runNamed } from '../route';
import { refuseStale } from './plan';
import { wishOf } from './wish';

const Page = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), before: RunId.optional() });

const startRun: Route = {
  name: 'startRun',
  method: 'POST',
  path: 'runs',
  role: 'Operator',
  takes: StartRun,
  answers: Started,
  handle: async (call) => {
    const { services, caller, context } = call;
    const asked = await bodyOf(call, StartRun);
    const { reason, plan, queue } = asked;
    // What was planned is done now, or not at all.
    const whenBusy = queue && !plan ? 'wait' : 'refuse';
    const catalog = await services.catalog();
    const { wanted, how } = wishOf(catalog, asked);
    const trigger = { kind: 'http', actor: caller.actor, reason } as const;
    const told = { sources: asked.sources, plan, queue, ...how };
    const wish = { action: 'run.start', subject: wanted.join(' '), reason, asked: told } as const;
    return audited(call, wish, async (run) => {
      if (plan && !(await services.ports.runs.get(run))) await refuseStale(services.ports, catalog, wanted, plan);
      await services.start(context, { run, catalog, sources: wanted, trigger, whenBusy, ...how });
      return { before: '', after: 'started', answer: json(Started, { run }, 202) };
    });
  },
};

const listRuns: Route = {
  name: 'listRuns',
  method: 'GET',
  path: 'runs',
  role: 'Reader',
  query: Page,
  answers: RunList,
  handle: async ({ request, services }) => {
    const { limit, before } = queryOf(request, Page);
    const runs = await services.ports.runs.list(limit, before);
    return json(RunList, { runs, next: runs.length === limit ? (runs.at(-1)?.run ?? null) : null });
  },
};

const getRun: Route = {
  name: 'getRun',
  method: 'GET',
  path: 'runs/{run}',
  role: 'Reader',
  answers: RunDetail,
  handle: async (call) => {
    const run = await runNamed(call);
    return json(RunDetail, { run, steps: await call.services.ports.runs.steps(run.run) });
  },
};

export const runRoutes: readonly Route[] = [startRun, listRuns, getRun];
