import { planGold as contract } from '../../shared/contracts/steps';
import { affected } from '../../shared/gold/affected';
import { datasetReport } from '../../shared/runs/reports';
import { cancelledProblem } from '../cancellation';
import { implement } from '../implement';
import { catalogOf } from '../pinned';

/** Which datasets this run has to compute or to compare, now that its sources are in silver. */
export const planGold = implement(contract, (ports, { pace }) => async ({ request, sources }) => {
  const catalog = await catalogOf(ports, request.catalog);
  const publications = await Promise.all(catalog.datasets.map(({ name }) => ports.publications.get(name)));
  const published = new Set(publications.flatMap((publication) => (publication ? [publication.dataset] : [])));
  const plan = affected(catalog, request, sources, published, pace);
  const cancellation = await ports.runs.cancellation(request.run);
  if (!cancellation) return plan;
  const left = plan.tasks.map(({ dataset }) =>
    datasetReport(dataset, 'cancelled', { problems: [cancelledProblem(dataset, cancellation)] }),
  );
  return { tasks: [], blocked: [...plan.blocked, ...left] };
});
