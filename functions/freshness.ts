import { feedsOf, formsOf } from '../activities/gold/feeds';
import type { Catalog, Dataset, Source } from '../shared/contracts/catalog';
import type { Freshness } from '../shared/contracts/freshness';
import type { Watermark } from '../shared/contracts/window';
import { datasetAsOf, type Feeding, freshness } from '../shared/gold/freshness';
import type { Ports } from '../shared/ports/ports';
import type { Publication } from '../shared/ports/publications';
import { watermarkOf } from './api/watermarks';

/** A dataset, its current form if it has one, and how old that is. */
export interface DatasetAge {
  readonly dataset: Dataset;
  readonly form: Publication | null;
  readonly freshness: Freshness;
}

/** How old a source is: since its last committed window. */
export const ageOf = ({ freshnessHours }: Source, watermark: Watermark | null, now: Date): Freshness =>
  freshness(watermark?.committed ?? null, freshnessHours, now);

/** The same from its ledger; one whose watermark cannot be read tells so itself. */
export async function sourceFreshness(ports: Ports, source: Source): Promise<Freshness> {
  const { watermark } = await watermarkOf(ports, source.name);
  return ageOf(source, watermark, ports.now());
}

/** How old each dataset of a catalog is, as far as its sources tell. */
export async function datasetAges(ports: Ports, catalog: Catalog): Promise<DatasetAge[]> {
  const [forms, feeding] = await Promise.all([formsOf(ports, catalog), feedingOf(ports, catalog)]);
  const now = ports.now();
  return catalog.datasets.map((dataset) => {
    const form = forms.get(dataset.name) ?? null;
    const its = feeding.filter(({ table }) => dataset.inputs.includes(table));
    return { dataset, form, freshness: freshness(datasetAsOf(form, its, now), dataset.freshnessHours, now) };
  });
}

async function feedingOf(ports: Ports, catalog: Catalog): Promise<Feeding[]> {
  const read = new Set(catalog.sources.filter(({ kind }) => kind === 'mysql').map(({ name }) => name));
  return Promise.all(
    (await feedsOf(ports, catalog)).map(async (feed) => ({
      ...feed,
      watermark: (await watermarkOf(ports, feed.source)).watermark,
      read: read.has(feed.source),
    })),
  );
}
