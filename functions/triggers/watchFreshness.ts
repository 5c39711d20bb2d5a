import { type Late, lateLetters } from '../../shared/alerts/late';
import type { Catalog } from '../../shared/contracts/catalog';
import { datasetAges, sourceFreshness } from '../freshness';
import type { Services } from '../services';

/** No schedule has such a name. */
const WATCH = '~freshness';
const EVERY_MS = 5 * 60_000;

/**
 * Looks every few minutes how old everything is. What is late is told once: the letter's key is the moment since when it
 * has been, so that nothing is to be remembered, and what is fresh again is just that.
 */
export async function watchFreshness(
  { ports, publicUrl }: Pick<Services, 'ports' | 'publicUrl'>,
  catalog: Catalog,
): Promise<void> {
  const now = ports.now();
  const tick = new Date(Math.floor(now.getTime() / EVERY_MS) * EVERY_MS).toISOString();
  const served = await ports.catalogs.servedTick(WATCH);
  if (served !== null && served >= tick) return;
  const limited = catalog.sources.filter(({ freshnessHours }) => freshnessHours !== null);
  const sources = limited.map(async (source) => ({
    kind: 'source' as const,
    of: source.name,
    ...(await sourceFreshness(ports, source)),
  }));
  const [datasets, ...others] = await Promise.all([datasetAges(ports, catalog), ...sources]);
  const ages = [
    ...others,
    ...datasets.map(({ dataset, freshness }) => ({ kind: 'dataset' as const, of: dataset.name, ...freshness })),
  ];
  const late = ages.filter((age): age is typeof age & Late => age.late);
  for (const { key, letter } of lateLetters(late, catalog.alerts.to, publicUrl)) await ports.outbox.queue(key, letter);
  await ports.catalogs.serveTick(WATCH, tick);
}
