import { datasetOf, sourceOf } from '../../shared/catalog/lookup';
import { reconcileDataset as contract } from '../../shared/contracts/steps';
import { Manifest } from '../../shared/contracts/window';
import { type Difference, reconcile, type TextTable } from '../../shared/gold/reconcile';
import type { Ports } from '../../shared/ports/ports';
import { problem } from '../../shared/problem';
import { implement } from '../implement';
import { parquetText } from '../parquet';
import { catalogOf } from '../pinned';
import { begin, end } from '../step';

const SHOWN = 20;

/** Holds the published form of a dataset against the newest report of its partner, cell by cell. */
export const reconcileDataset = implement(contract, (ports) => async (task) => {
  const catalog = await catalogOf(ports, task.catalog);
  const dataset = datasetOf(catalog, task.dataset);
  const publication = await ports.publications.get(dataset.name);
  if (!dataset.reconcile || !publication) return { kind: 'no-partner' as const };
  const partner = sourceOf(catalog, dataset.reconcile.with);
  const theirs = await newestReport(ports, partner.name);
  if (!theirs) return { kind: 'no-partner' as const };

  const step = await begin(ports, task.run, dataset.name, 'reconcile', '');
  const ours = await table(ports, 'gold', publication.published);
  const { cells, differences } = reconcile(ours, theirs, dataset.reconcile.key, dataset.reconcile.tolerance);
  const found =
    differences.length === 0
      ? null
      : problem(
          'RECONCILE_MISMATCH',
          dataset.name,
          `${differences.length} of ${cells} cells differ from ${partner.name}:\n${shown(differences)}`,
          'Ask the partner as of when the report is; if it is of now, follow the cells down to silver.',
        );
  const detail = `${cells} cells, ${differences.length} differ`;
  await end(ports, task.run, dataset.name, 'reconcile', step, { detail, rowsIn: String(cells) });
  return { kind: 'compared' as const, cells: String(cells), mismatches: String(differences.length), problem: found };
});

/** The rows of the newest committed window of a source, from the files that its manifest names. */
async function newestReport(ports: Ports, source: string): Promise<TextTable | null> {
  const windows = await ports.ledger.windows(source, 20);
  const path = windows.find(({ state, manifest }) => state === 'committed' && manifest)?.manifest;
  const bytes = path && (await ports.lake.read('bronze', path));
  if (!bytes) return null;
  const manifest = Manifest.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const newest = manifest.files.at(-1);
  return newest ? parquetText(ports.lake, newest.container, newest.path, Number(newest.bytes)) : null;
}

async function table({ lake }: Ports, container: string, path: string): Promise<TextTable> {
  const folder = path.slice(0, path.lastIndexOf('/'));
  const file = (await lake.list(container, folder)).find((listed) => listed.path === path);
  return parquetText(lake, container, path, Number(file?.bytes ?? 0));
}

const shown = (differences: readonly Difference[]): string => {
  const lines = differences
    .slice(0, SHOWN)
    .map(({ key, column, ours, theirs }) => `${key}, ${column}: ours ${cell(ours)}, theirs ${cell(theirs)}`);
  const more = differences.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
};

const cell = (value: string | null | undefined): string => (value === undefined ? '(no such row)' : (value ?? 'NULL'));
