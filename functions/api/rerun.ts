import { Started } from '../../shared/contracts/api';
import type { Catalog } from '../../shared/contracts/catalog';
import { RerunRun } from '../../shared/contracts/operate';
import type { Run, Upkeep } from '../../shared/contracts/run';
import { ProblemError } from '../../shared/errors';
import { problem } from '../../shared/problem';
import { leftOf } from '../../shared/runs/rerun';
import { audited } from '../audited';
import { bodyOf, type Call, json, type Route, runNamed } from '../route';
import type { Wanted } from '../services';

const rerunRun: Route = {
  name: 'rerunRun',
  method: 'POST',
  path: 'runs/{run}/rerun',
  role: 'Operator',
  takes: RerunRun,
  answers: Started,
  handle: async (call) => {
    const { reason, asWas } = await bodyOf(call, RerunRun);
    const { services, caller, context } = call;
    const run = await runNamed(call);
    const trigger = { kind: 'http', actor: caller.actor, reason } as const;
    return audited(call, { action: 'run.rerun', subject: run.run, reason, asked: { asWas } }, async (id) => {
      if (!run.ended) throw still(run);
      if (run.upkeep) throw unlike(run, commandOf(run.upkeep));
      const again = asWas ? await asItWas(call, run) : left(run, await services.catalog());
      await services.start(context, { run: id, trigger, rerunOf: run.run, ...again });
      const after = `run ${id}: ${[...again.sources, ...(again.datasets ?? [])].join(' ')}`;
      return { before: run.status, after, answer: json(Started, { run: id }, 202) };
    });
  },
};

type Again = Pick<Wanted, 'catalog' | 'sources' | 'datasets' | 'aside' | 'keys' | 'reconcile'>;

/** What did not come through, under the catalog as it is now; a backfill goes on in its own lanes. */
function left(run: Run, catalog: Catalog): Again {
  const { sources, datasets } = leftOf(run, catalog);
  if (sources.length + datasets.length === 0) {
    throw new ProblemError(
      problem(
        'RUN_ENDED',
        run.run,
        `it ended as ${run.status}: nothing of it is left to do.`,
        'Start a new run instead.',
      ),
    );
  }
  if (sources.length === 0) return { catalog, sources, datasets };
  if (run.replay) throw unlike(run, 'tidemark quarantine replay');
  const { aside, keys, reconcile } = run;
  const how = { ...(aside && { aside }), ...(keys && { keys }), ...(reconcile && { reconcile }) };
  return { catalog, sources, datasets, ...how };
}

/** The windows that the run committed, under the catalog that it was pinned to. */
async function asItWas({ services }: Call, run: Run): Promise<Again> {
  const catalog = await services.ports.catalogs.get(run.catalog);
  const moved = run.sources.filter(({ outcome, window }) => outcome === 'committed' && window !== null);
  const sources = moved.map(({ source }) => source);
  if (catalog && !run.aside && sources.length > 0) return { catalog, sources, aside: { kind: 'as-was', of: run.run } };
  throw new ProblemError(
    problem(
      'RUN_ENDED',
      run.run,
      'it committed no window that could be merged again.',
      'Rerun what failed, or start anew.',
    ),
  );
}

/** A run of another kind than the one that would continue it: an ordinary run would leave undone what it was to do. */
const unlike = ({ run, status }: Run, command: string): ProblemError =>
  new ProblemError(
    problem('RUN_ENDED', run, `it ended as ${status}, and no other run can continue it.`, `Ask anew: \`${command}\`.`),
  );

/** What starts such a run; whom an erasure was of is not on record. */
function commandOf({ kind, tables }: Upkeep): string {
  const command = kind === 'erasure' ? 'tidemark erase KEY' : 'tidemark maintain';
  return [command, ...tables.map((name) => `--table ${name}`)].join(' ');
}

const still = ({ run, status }: Run): ProblemError =>
  new ProblemError(
    problem('RUN_ACTIVE', run, `it is ${status} and has not ended.`, 'Wait for its end, or cancel it first.'),
  );

export const rerunRoutes: readonly Route[] = [rerunRun];
