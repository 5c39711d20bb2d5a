import { planGold as contract } from '../../shared/contracts/steps';
import { affected } from '../../shared/gold/affected';
import { implement } from '../implement';
import { catalogOf } from '../pinned';

/** Which datasets this run has to compute or to compare, now that its sources are in silver. */
export const planGold = implement(contract, (ports, { pace }) => async ({ request, sources }) => {
  const catalog = await catalogOf(ports, request.catalog);
  const publications = await Promise.all(catalog.datasets.map(({ name }) => ports.publications.get(name)));
  const published = new Set(publications.flatMap((publication) => (publication ? [publication.dataset] : [])));
  return affected(catalog, request, sources, published, pace);
});
