import type { Catalog, Dataset, Source } from '../shared/contracts/catalog';
import type { Freshness } from '../shared/contracts/freshness';
import { datasetAsOf, type Feeding, freshness } from '../shared/gold/freshness';
import type { Ports } from '../shared/ports/ports';
import { watermarkOf } from './api/watermarks';

/** Windows that are looked back upon for the first that a dataset lacks. */
const LOOK_BACK = 50;

/** How old a source is: since its last committed window; one whose watermark cannot be read tells so itself. */
export async function sourceFreshness(ports: Ports, { name, freshnessHours }: Source): Promise<Freshness> {
  const { watermark } = await watermarkOf(ports, name);
  return freshness(watermark?.committed ?? null, freshnessHours, ports.now());
}

/** How old a published dataset is, as far as its sources tell. */
export async function datasetFreshness(ports: Ports, { sources }: Catalog, dataset: Dataset): Promise<Freshness> {
  const feeding = sources.filter(({ table }) => dataset.inputs.includes(table));
  const publication = await ports.publications.get(dataset.name);
  const known = await Promise.all(feeding.map((source) => knownOf(ports, source)));
  return freshness(datasetAsOf(publication, known, ports.now()), dataset.freshnessHours, ports.now());
}

async function knownOf(ports: Ports, { name, kind }: Source): Promise<Feeding> {
  const [{ watermark }, windows, asides] = await Promise.all([
    watermarkOf(ports, name),
    ports.ledger.windows(name, LOOK_BACK),
    ports.ledger.asides(name),
  ]);
  return { source: name, watermark, windows, asides, read: kind === 'mysql' };
}
