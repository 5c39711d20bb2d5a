import { lanesBeside } from '../activities/aside/lanes';
import { catalogOf } from '../activities/pinned';
import type { Run } from '../shared/contracts/run';
import type { Ports } from '../shared/ports/ports';
import { shelfOf } from '../shared/windows/lane';

/** Gives back every lease and place in line that a run has, of a source or of a lane, and will not give back itself. */
export async function giveBack(ports: Ports, run: Run): Promise<void> {
  const catalog = run.aside ? await catalogOf(ports, run.catalog) : null;
  for (const source of run.wanted) {
    const lanes = catalog ? await lanesBeside(ports, catalog, run, source) : [];
    for (const shelf of [source, ...lanes.map(({ name }) => shelfOf(source, name))]) await free(ports, shelf, run.run);
  }
}

async function free({ ledger }: Ports, shelf: string, run: string): Promise<void> {
  await ledger.leave(shelf, run);
  if ((await ledger.holder(shelf)) !== run) return;
  // Whoever asks again for a lease of its own gets it, and can give it back.
  const own = await ledger.acquire(shelf, run, 30);
  if (own.kind === 'held') await ledger.release(own.lease);
}
