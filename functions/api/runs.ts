import { z } from 'zod';
import { declaresDeletes, sourceOf } from '../../shared/catalog/lookup';
import { RunDetail, RunList, Started, StartRun } from '../../shared/contracts/api';
import type { Catalog } from '../../shared/contracts/catalog';
import { RunId } from '../../shared/contracts/ids';
import { ProblemError } from '../../shared/errors';
import { problem } from '../../shared/problem';
import { audited } from '../audited';
import { bodyOf, json, type Route, runNamed } from '../route';
import { refuseStale, wantedSources } from './plan';

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
    const { sources, reason, plan, queue, deletes, acceptDeletes } = StartRun.parse(await bodyOf(call));
    // What was planned is done now, or not at all.
    const whenBusy = queue && !plan ? 'wait' : 'refuse';
    const catalog = await services.catalog();
    const wanted = wantedSources(catalog, sources);
    const trigger = { kind: 'http', actor: caller.actor, reason } as const;
    const keys = deletes ? { accepted: acceptDeletes } : undefined;
    if (keys) refuseUndeclared(catalog, wanted);
    const asked = { sources, plan, queue, keys };
    const wish = { action: 'run.start', subject: wanted.join(' '), reason, asked } as const;
    return audited(call, wish, async (run) => {
      if (plan && !(await services.ports.runs.get(run))) await refuseStale(services.ports, catalog, wanted, plan);
      await services.start(context, { run, catalog, sources: wanted, trigger, whenBusy, ...(keys && { keys }) });
      return { before: '', after: 'started', answer: json(Started, { run }, 202) };
    });
  },
};

/** @throws ProblemError REQUEST_INVALID when no source of the run says how its deletions may be found */
function refuseUndeclared(catalog: Catalog, names: readonly string[]): void {
  if (names.some((name) => declaresDeletes(sourceOf(catalog, name)))) return;
  throw new ProblemError(
    problem(
      'REQUEST_INVALID',
      names.join(' '),
      'no source of this run declares `deletes`.',
      'Add `deletes: {}` to it in the catalog.',
    ),
  );
}

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
  handle: async (call) => {
    const run = await runNamed(call);
    return json(RunDetail, { run, steps: await call.services.ports.runs.steps(run.run) });
  },
};

export const runRoutes: readonly Route[] = [startRun, listRuns, getRun];
