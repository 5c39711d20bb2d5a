import type { Dataset } from '../../shared/contracts/catalog';
import { planGold as contract } from '../../shared/contracts/steps';
import { affected } from '../../shared/gold/affected';
import { type Feed, standing } from '../../shared/gold/standing';
import type { Publication } from '../../shared/ports/publications';
import { datasetReport } from '../../shared/runs/reports';
import { cancelledProblem } from '../cancellation';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { feedsOf, formsOf } from './feeds';

/** Which datasets this run has to compute or to compare, now that its sources are in silver. */
export const planGold = implement(contract, (ports, { pace }) => async ({ request, sources }) => {
  const catalog = await catalogOf(ports, request.catalog);
  const [forms, feeds] = await Promise.all([formsOf(ports, catalog), feedsOf(ports, catalog)]);
  const standings = new Map(catalog.datasets.map((dataset) => [dataset.name, standingOf(dataset, forms, feeds)]));
  const named = (chosen: 'published' | 'behind') =>
    new Set([...standings].flatMap(([name, found]) => (found[chosen] ? [name] : [])));
  const { tasks, blocked } = affected(catalog, request, sources, named('published'), pace, named('behind'));
  const cancellation = await ports.runs.cancellation(request.run);
  if (!cancellation) {
    return { tasks: tasks.map((task) => ({ ...task, inputs: standings.get(task.dataset)?.inputs ?? {} })), blocked };
  }
  const left = tasks.map(({ dataset }) =>
    datasetReport(dataset, 'cancelled', { problems: [cancelledProblem(dataset, cancellation)] }),
  );
  return { tasks: [], blocked: [...blocked, ...left] };
});

function standingOf({ name, inputs, needs }: Dataset, forms: ReadonlyMap<string, Publication>, feeds: readonly Feed[]) {
  const form = forms.get(name) ?? null;
  const outrun = form !== null && needs.some((one) => (forms.get(one)?.at ?? '') > form.at);
  const found = standing(
    form,
    feeds.filter(({ table }) => inputs.includes(table)),
  );
  return { published: form !== null, inputs: found.inputs, behind: found.behind || outrun };
}
