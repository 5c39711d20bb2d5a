import { type Late, lateLetters } from '../../shared/alerts/late';
import type { Catalog } from '../../shared/contracts/catalog';
import type { Ports } from '../../shared/ports/ports';
import { OWN_TICKS } from '../../shared/schedules/own';
import { datasetAges, sourceFreshness } from '../freshness';
import type { Services } from '../services';
import { every } from './every';

const EVERY_MS = 5 * 60_000;

/**
 * Looks every few minutes how old everything is. What is late is told once: the letter's key is the moment since when it
 * has been, so that nothing is to be remembered, and what is fresh again is just that.
 */
export async function watchFreshness(
  { ports, publicUrl }: Pick<Services, 'ports' | 'publicUrl'>,
  catalog: Catalog,
): Promise<void> {
  await every(ports, OWN_TICKS.freshness, EVERY_MS, async () => {
    const late = await lateOf(ports, catalog);
    for (const { key, letter } of lateLetters(late, catalog.alerts.to, publicUrl))
      await ports.outbox.queue(key, letter);
  });
}

async function lateOf(ports: Ports, catalog: Catalog): Promise<Late[]> {
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
  return ages.filter((age): age is typeof age & Late => age.late);
}
