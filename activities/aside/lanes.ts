import { sourceOf, tableOf } from '../../shared/catalog/lookup';
import type { Catalog } from '../../shared/contracts/catalog';
import type { Lane } from '../../shared/contracts/lane';
import type { Run } from '../../shared/contracts/run';
import type { Ports } from '../../shared/ports/ports';
import { lanesOf, replayOf } from '../../shared/windows/lanes';
import { replayable } from '../../shared/windows/replayable';

/** As far back as a run is looked for among the windows of a source. */
const FAR = 1000;

/** The lanes of a source in which a run moves beside the live history; none when it moves the live history on. */
export async function lanesBeside(
  { ledger }: Pick<Ports, 'ledger'>,
  catalog: Catalog,
  { run, aside }: Pick<Run, 'run' | 'aside'>,
  name: string,
): Promise<Lane[]> {
  if (!aside) return [];
  const source = sourceOf(catalog, name);
  if (aside.kind === 'backfill') return lanesOf(aside, source);
  const windows = await ledger.windows(name, FAR);
  return replayable(windows, aside.of, tableOf(catalog, source.table)).map((window) => replayOf(run, window));
}
