import { z } from 'zod';
import { RunDetail, RunList, Started, StartRun } from '../../shared/contracts/api';
import { RunId } from '../../shared/contracts/ids';
import { audited } from '../audited';
import { bodyOf, json, notFound, type Route, runOf } from '../route';

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
    const { sources, reason } = StartRun.parse(await bodyOf(call));
    const catalog = await services.catalog();
    const names = catalog.sources.map(({ name }) => name);
    const unknown = sources?.find((name) => !names.includes(name));
    if (unknown !== undefined) throw notFound(`source ${unknown}`);
    const wanted = sources ?? names;
    const trigger = { kind: 'http', actor: caller.actor, reason } as const;
    const wish = { action: 'run.start', subject: wanted.join(' '), reason, asked: { sources } } as const;
    return audited(call, wish, async (run) => {
      await services.start(context, { run, catalog, sources: wanted, trigger });
      return { before: '', after: 'started', answer: json(Started, { run }, 202) };
    });
  },
};

const listRuns: Route = {
  name: 'listRuns',
  method: 'GET',
  path: 'runs',
  role: 'Reader',
  answers: RunList,
  handle: async ({ request, services }) => {
    const { limit, before } = Page.parse(Object.fromEntries(request.query));
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
  handle: async ({ request, services }) => {
    const id = runOf(request);
    const [run, steps] = await Promise.all([services.ports.runs.get(id), services.ports.runs.steps(id)]);
    if (!run) throw notFound(`run ${id}`);
    return json(RunDetail, { run, steps });
  },
};

export const runRoutes: readonly Route[] = [startRun, listRuns, getRun];
