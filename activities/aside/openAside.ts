import { sourceOf } from '../../shared/catalog/lookup';
import type { Problem } from '../../shared/contracts/problem';
import { openAside as contract } from '../../shared/contracts/steps';
import type { Ports } from '../../shared/ports/ports';
import { problem } from '../../shared/problem';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { openRuns } from '../run/openRuns';
import { lanesBeside } from './lanes';

/**
 * The windows beside the live ones that a run is to take through, each in a lane of its own. None beside an erasure: it
 * cuts the log of the table, and waits for the lanes that came before it. Either of two that begin together sees the other.
 */
export const openAside = implement(contract, (ports, { pace }) => async (request) => {
  const catalog = await catalogOf(ports, request.catalog);
  const { run, aside } = request;
  if (!aside) throw new Error(`run ${run} has nothing beside the live history`);
  const parallel = aside.kind === 'backfill' ? aside.parallel : 1;
  const erasing = await erasures(ports);
  const erasureIn = (name: string) => erasing.get(sourceOf(catalog, name).table);
  const busy = request.sources.flatMap((name) => busyWith(name, erasureIn(name)));
  const sources = request.sources.filter((name) => erasureIn(name) === undefined);
  const found = await Promise.all(sources.map((name) => lanesBeside(ports, catalog, request, name)));
  const tasks = sources.flatMap((source, at) =>
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
  return { tasks, parallel, busy };
});

/** The erasures under way, by the table that they are about. */
async function erasures(ports: Ports): Promise<Map<string, string>> {
  const open = (await openRuns(ports)).filter(({ upkeep }) => upkeep?.kind === 'erasure');
  return new Map(open.flatMap(({ run, upkeep }) => (upkeep?.tables ?? []).map((table) => [table, run])));
}

function busyWith(source: string, erasure: string | undefined): Problem[] {
  if (erasure === undefined) return [];
  const why = `erasure ${erasure} is at work on its table.`;
  return [problem('SOURCE_BUSY', source, why, 'Wait for that run to end, then start again.')];
}
