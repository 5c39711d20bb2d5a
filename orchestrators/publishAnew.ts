import type { OrchestrationContext } from 'durable-functions';
import { dropForms, type ErasureRequest } from '../shared/contracts/erasure';
import type { DatasetReport, PartReport } from '../shared/contracts/run';
import { planGold } from '../shared/contracts/steps';
import { call, type Steps } from './call';
import { publishInTurn } from './publishInTurn';

const PARALLEL = 4;

/** What was made of a person goes out once more without them, and the forms before it go. */
export function* publishAnew(
  context: OrchestrationContext,
  { run, catalog, trigger }: ErasureRequest,
  wanted: string[],
): Steps<PartReport[]> {
  const request = { run, catalog, trigger, sources: [], datasets: wanted };
  const gold = yield* call(context, planGold, { request, sources: [] });
  const tasks = gold.tasks.map((task) => ({ ...task, reconcile: false }));
  const published = yield* publishInTurn(context, tasks, PARALLEL);
  const dropped = yield* call(context, dropForms, { datasets: tasks.map(({ dataset }) => dataset) });
  return [...[...published, ...gold.blocked].map(partOf), ...dropped];
}

const partOf = ({ dataset, outcome, rows, problems }: DatasetReport): PartReport => ({
  part: `exports/${dataset}`,
  outcome: outcome === 'published' ? 'done' : 'failed',
  detail: outcome === 'published' ? `published and exported anew, ${rows} rows` : outcome,
  problems,
});
