import type { Catalog } from '../../shared/contracts/catalog';
import type { Feed } from '../../shared/gold/standing';
import type { Ports } from '../../shared/ports/ports';
import type { Publication } from '../../shared/ports/publications';

/** Windows of a source that are looked back upon; a form that is older than all of them is computed anew. */
const LOOK_BACK = 50;

/** What the sources that feed datasets have committed of late: each is read once, however many it feeds. */
export async function feedsOf(
  { ledger }: Pick<Ports, 'ledger'>,
  { sources, datasets }: Pick<Catalog, 'sources' | 'datasets'>,
): Promise<Feed[]> {
  const inputs = new Set(datasets.flatMap((dataset) => dataset.inputs));
  const feeding = sources.filter(({ table }) => inputs.has(table));
  return Promise.all(
    feeding.map(async ({ name: source, table }) => {
      const [windows, asides] = await Promise.all([ledger.windows(source, LOOK_BACK), ledger.asides(source)]);
      return { source, table, windows, whole: windows.length < LOOK_BACK, asides };
    }),
  );
}

/** The current form of each dataset that has one, by its name. */
export async function formsOf(
  { publications }: Pick<Ports, 'publications'>,
  { datasets }: Pick<Catalog, 'datasets'>,
): Promise<ReadonlyMap<string, Publication>> {
  const found = await Promise.all(datasets.map(({ name }) => publications.get(name)));
  return new Map(found.flatMap((form) => (form ? [[form.dataset, form] as const] : [])));
}
