import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { RunDetail, RunList, Started, StartRun } from '../../shared/contracts/api';
import { RunId } from '../../shared/contracts/ids';
import { ProblemError } from '../../shared/errors';
import { problem } from '../../shared/problem';
import { runId } from '../../shared/runs/id';
import { json, notFound, parameter, type Route } from '../route';

const Page = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), before: RunId.optional() });

const startRun: Route = {
  name: 'startRun',
  method: 'POST',
  path: 'runs',
  role: 'Operator',
  takes: StartRun,
  answers: Started,
  handle: async ({ request, context, services, caller }) => {
    const text = await request.text();
    const { sources, reason } = StartRun.parse(text === '' ? {} : JSON.parse(text));
    const catalog = await services.catalog();
    const names = catalog.sources.map(({ name }) => name);
    const unknown = sources?.find((name) => !names.includes(name));
    if (unknown !== undefined) throw notFound(`source ${unknown}`);
    const cause = request.headers.get('idempotency-key') ?? randomUUID();
    const { run } = await services.start(context, {
      run: runId(services.ports.now(), cause),
      catalog,
      sources: sources ?? names,
      trigger: { kind: 'http', actor: caller.actor, reason },
    });
    return json(Started, { run }, 202);
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
    const id = RunId.safeParse(parameter(request, 'run'));
    if (!id.success)
      throw new ProblemError(
        problem('REQUEST_INVALID', 'run', `${id.error.issues[0]?.message}.`, 'Take an id from the list of runs.'),
      );
    const [run, steps] = await Promise.all([services.ports.runs.get(id.data), services.ports.runs.steps(id.data)]);
    if (!run) throw notFound(`run ${id.data}`);
    return json(RunDetail, { run, steps });
  },
};

export const runRoutes: readonly Route[] = [startRun, listRuns, getRun];
