import type { Catalog, Dataset } from '../../shared/contracts/catalog';
import { planGold as contract } from '../../shared/contracts/steps';
import { affected } from '../../shared/gold/affected';
import { standing } from '../../shared/gold/standing';
import type { Ports } from '../../shared/ports/ports';
import { datasetReport } from '../../shared/runs/reports';
import { cancelledProblem } from '../cancellation';
import { implement } from '../implement';
import { catalogOf } from '../pinned';

/** Windows of a source that are looked back upon; a form that is older than all of them is computed anew. */
const LOOK_BACK = 50;

/** Which datasets this run has to compute or to compare, now that its sources are in silver. */
export const planGold = implement(contract, (ports, { pace }) => async ({ request, sources }) => {
  const catalog = await catalogOf(ports, request.catalog);
  const standings = new Map(
    await Promise.all(
      catalog.datasets.map(async (dataset) => [dataset.name, await standingOf(ports, catalog, dataset)] as const),
    ),
  );
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

async function standingOf(ports: Ports, { sources }: Catalog, { name, inputs, needs }: Dataset) {
  const publication = await ports.publications.get(name);
  const needed = await Promise.all(needs.map((one) => ports.publications.get(one)));
  const outrun = needed.some((one) => one !== null && publication !== null && one.at > publication.at);
  const feeding = sources.filter(({ table }) => inputs.includes(table));
  const feeds = await Promise.all(
    feeding.map(async ({ name: source }) => ({
      source,
      windows: await ports.ledger.windows(source, LOOK_BACK),
      asides: await ports.ledger.asides(source),
    })),
  );
  const found = standing(publication, feeds, LOOK_BACK);
  return { published: publication !== null, inputs: found.inputs, behind: found.behind || outrun };
}
