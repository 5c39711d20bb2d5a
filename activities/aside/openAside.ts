import { sourceOf, tableOf } from '../../shared/catalog/lookup';
import type { Catalog } from '../../shared/contracts/catalog';
import type { Aside, Lane } from '../../shared/contracts/lane';
import type { RunRequest } from '../../shared/contracts/run';
import { openAside as contract } from '../../shared/contracts/steps';
import type { Ports } from '../../shared/ports/ports';
import { lanesOf, replayOf } from '../../shared/windows/lanes';
import { replayable } from '../../shared/windows/replayable';
import { implement } from '../implement';
import { catalogOf } from '../pinned';

/** As far back as a run is looked for among the windows of a source. */
const FAR = 1000;

/** The windows beside the live ones that a run is to take through, each in a lane of its own. */
export const openAside = implement(contract, (ports, { pace }) => async (request) => {
  const catalog = await catalogOf(ports, request.catalog);
  const { run, aside } = request;
  if (!aside) throw new Error(`run ${run} has nothing beside the live history`);
  const parallel = aside.kind === 'backfill' ? aside.parallel : 1;
  const found = await Promise.all(request.sources.map((name) => lanes(ports, catalog, request, aside, name)));
  const tasks = request.sources.flatMap((source, at) =>
    (found[at] ?? []).map((lane) => ({
      run,
      // A replay takes its window through under the catalog that it was read with.
      catalog: lane.kind === 'replay' ? lane.window.catalog : catalog.version,
      source,
      kind: sourceOf(catalog, source).kind,
      pace,
      byHand: true,
      // Merges that meet in one table are thrown away but one: each round of them leaves one less.
      attempts: catalog.limits.attempts + parallel,
      lane,
    })),
  );
  return { tasks, parallel };
});

async function lanes(ports: Ports, catalog: Catalog, { run }: RunRequest, aside: Aside, name: string): Promise<Lane[]> {
  const source = sourceOf(catalog, name);
  if (aside.kind === 'backfill') return lanesOf(aside, source);
  const windows = await ports.ledger.windows(name, FAR);
  return replayable(windows, aside.of, tableOf(catalog, source.table)).map((window) => replayOf(run, window));
}
