import { sourceOf } from '../../shared/catalog/lookup';
import { openAside as contract } from '../../shared/contracts/steps';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { lanesBeside } from './lanes';

/** The windows beside the live ones that a run is to take through, each in a lane of its own. */
export const openAside = implement(contract, (ports, { pace }) => async (request) => {
  const catalog = await catalogOf(ports, request.catalog);
  const { run, aside } = request;
  if (!aside) throw new Error(`run ${run} has nothing beside the live history`);
  const parallel = aside.kind === 'backfill' ? aside.parallel : 1;
  const found = await Promise.all(request.sources.map((name) => lanesBeside(ports, catalog, request, name)));
  const tasks = request.sources.flatMap((source, at) =>
    (found[at] ?? []).map((lane) => ({
      run,
      // A replay takes its window through under the catalog that it was read with.
      catalog: lane.kind === 'replay' ? lane.window.catalog : catalog.version,
      source,
      kind: sourceOf(catalog, source).kind,
      pace,
      byHand: true,
      whenBusy: 'refuse' as const,
      // Merges that meet in one table are thrown away but one: each round of them leaves one less.
      attempts: catalog.limits.attempts + parallel,
      lane,
    })),
  );
  return { tasks, parallel };
});
