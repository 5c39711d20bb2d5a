import type { InvocationContext } from '@azure/functions';
import { landingFiles } from '../../activities/files/landingFiles';
import { settledBy } from '../../activities/files/settled';
import type { BlobSource, Catalog } from '../../shared/contracts/catalog';
import { sight } from '../../shared/files/sight';
import type { Ports } from '../../shared/ports/ports';
import { runId } from '../../shared/runs/id';
import { OWN_TICKS } from '../../shared/schedules/own';
import type { Services } from '../services';
import { every } from './every';

/** A file as young as this may have an event on its way. */
const YOUNG_MS = 30_000;

/** Looks at the landing zone every so many minutes and starts one run for whatever lies there and no event announced. */
export async function sweep(services: Services, catalog: Catalog, context: InvocationContext): Promise<void> {
  const { ports } = services;
  await every(ports, OWN_TICKS.sweep, catalog.limits.sweepMinutes * 60_000, async (tick) => {
    const blobs = catalog.sources.filter((source) => source.kind === 'blob');
    const unread = await Promise.all(blobs.map((source) => holdsUnread(ports, source, ports.now())));
    const sources = blobs.filter((_, at) => unread[at]).map(({ name }) => name);
    if (sources.length === 0) return;
    const run = runId(new Date(tick), OWN_TICKS.sweep);
    await services.start(context, { run, catalog, sources, trigger: { kind: 'timer', schedule: 'sweep', tick } });
  });
}

/** Whether a file lies there that is complete, or on its way to it, and in no window, be it an open one. */
async function holdsUnread(ports: Ports, source: BlobSource, now: Date): Promise<boolean> {
  const [listed, seen, open] = await Promise.all([
    landingFiles(ports.lake, source.folder),
    ports.files.of(source.name),
    ports.ledger.open(source.name),
  ]);
  const settled = await settledBy(ports, source.name, seen);
  const { ready, restSeconds } = sight({
    source: source.name,
    pattern: source.pattern,
    complete: source.complete,
    listed: listed.filter(({ modified }) => now.getTime() - Date.parse(modified) > YOUNG_MS),
    seen,
    settled: (version) => settled(version) || (version.outcome !== 'waiting' && open !== null),
    now,
  });
  return ready.length > 0 || restSeconds > 0;
}
