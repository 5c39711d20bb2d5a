import type { Problem } from '../shared/contracts/problem';
import type { Cancellation } from '../shared/contracts/run';
import { ProblemError } from '../shared/errors';
import type { FactoryActivity } from '../shared/ports/factory';
import type { Ports } from '../shared/ports/ports';
import { problem } from '../shared/problem';

/** What a look at an outside run says; a cancelled one has failed, with a reason of its own. */
type Look<Success, Besides = unknown> =
  | { kind: 'running' }
  | Success
  | ({ kind: 'failed'; problem: Problem } & Besides);
interface Activities {
  readonly activities: FactoryActivity[];
}

/** What a step of a cancelled run says. */
export const cancelledProblem = (where: string, { actor, reason }: Cancellation): Problem =>
  problem('RUN_CANCELLED', where, `${actor} cancelled the run: ${reason}.`, 'Run it again when it may go on.');

const elsewhere = (where: string, service: string): Problem =>
  problem('OUTSIDE_CANCELLED', where, `the ${service} run was cancelled there.`, 'Run again when it may go on.');

/**
 * To be asked before anything begins outside.
 * @throws ProblemError RUN_CANCELLED once a person has cancelled the run
 */
export async function refuseCancelled({ runs }: Ports, run: string, where: string): Promise<void> {
  const cancellation = await runs.cancellation(run);
  if (cancellation) throw new ProblemError(cancelledProblem(where, cancellation));
}

/** Looks at a factory run once; that of a cancelled run is told to stop, as often as it takes until it has. */
export async function lookAtFactory(
  { runs, factory }: Ports,
  run: string,
  where: string,
  external: string,
): Promise<Look<{ kind: 'succeeded' } & Activities, Activities>> {
  const cancellation = await runs.cancellation(run);
  if (cancellation) await factory.cancel(external);
  const found = await factory.look(external);
  if (found.kind === 'failed') return { ...found, problem: { ...found.problem, where } };
  if (found.kind !== 'cancelled') return found;
  const why = cancellation ? cancelledProblem(where, cancellation) : elsewhere(where, 'Data Factory');
  return { kind: 'failed', problem: why, activities: [] };
}

/** The same for a notebook run. */
export async function lookAtNotebook(
  { runs, notebooks }: Ports,
  run: string,
  where: string,
  external: string,
): Promise<Look<{ kind: 'succeeded'; output: unknown }>> {
  const cancellation = await runs.cancellation(run);
  if (cancellation) await notebooks.cancel(external);
  const found = await notebooks.look(external);
  if (found.kind === 'failed') return { ...found, problem: { ...found.problem, where } };
  if (found.kind !== 'cancelled') return found;
  return {
    kind: 'failed',
    problem: cancellation ? cancelledProblem(where, cancellation) : elsewhere(where, 'Databricks'),
  };
}
