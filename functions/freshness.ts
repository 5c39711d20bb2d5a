import type { Catalog, Dataset, Source } from '../shared/contracts/catalog';
import type { Freshness } from '../shared/contracts/freshness';
import type { Watermark } from '../shared/contracts/window';
import { datasetAsOf, type Feeding, freshness } from '../shared/gold/freshness';
import type { Ports } from '../shared/ports/ports';
import { watermarkOf } from './api/watermarks';

/** Windows that are looked back upon for the first that a dataset lacks. */
const LOOK_BACK = 50;

/** How old a source is: since its last committed window. */
export const ageOf = ({ freshnessHours }: Source, watermark: Watermark | null, now: Date): Freshness =>
  freshness(watermark?.committed ?? null, freshnessHours, now);

/** The same from its ledger; one whose watermark cannot be read tells so itself. */
export async function sourceFreshness(ports: Ports, source: Source): Promise<Freshness> {
  const { watermark } = await watermarkOf(ports, source.name);
  return ageOf(source, watermark, ports.now());
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
