import type { Catalog, FileSource } from '../../shared/contracts/catalog';
import { openMaintenance as contract, type MaintenanceRequest } from '../../shared/contracts/maintenance';
import { daysBefore } from '../../shared/maintenance/ages';
import { expiryOf } from '../../shared/maintenance/raw';
import { maintenanceOf } from '../../shared/maintenance/run';
import type { Ports } from '../../shared/ports/ports';
import { upkeepRun } from '../../shared/runs/upkeepRun';
import { fetchedRoot } from '../../shared/windows/paths';
import { landingFiles } from '../files/landingFiles';
import { settledBy } from '../files/settled';
import { implement } from '../implement';
import { catalogLaid } from '../pinned';

/** The run appears in the record, its catalog lies in the lake for the notebooks, and its work is listed. */
export const openMaintenance = implement(contract, (ports, { pace }) => async (request) => {
  const catalog = await catalogLaid(ports, request.catalog);
  const { run } = request;
  const started = (await ports.runs.get(run))?.started ?? ports.now().toISOString();
  await ports.runs.put(upkeepRun(maintenanceOf(request), 'Running', started, null));
  const common = { run, catalog: catalog.version, pace, attempts: catalog.limits.attempts };
  const limit = daysBefore(ports.now(), catalog.maintenance.keepRawDays);
  const files = request.tables === null ? catalog.sources.filter((source) => source.kind !== 'mysql') : [];
  const folders = await Promise.all(files.map((source) => rawOf(ports, source, limit)));
  return {
    tables: tablesOf(catalog, request).map((table) => ({ ...common, ...table })),
    expiries: folders.map((raw) => ({ run, container: 'landing', ...raw, pace })),
  };
});

const tablesOf = ({ tables, datasets }: Catalog, { tables: wanted }: MaintenanceRequest) =>
  [
    ...tables.map(({ name }) => ({ layer: 'silver' as const, table: name })),
    ...datasets.map(({ name }) => ({ layer: 'gold' as const, table: name })),
  ].filter(({ table }) => wanted === null || wanted.includes(table));

/** The raw files of a source in landing. Those of SFTP are copies that one run made for itself. */
async function rawOf(ports: Ports, source: FileSource, limit: Date): Promise<{ folder: string; before: string }> {
  if (source.kind === 'sftp') return { folder: fetchedRoot(source.name), before: limit.toISOString() };
  const seen = await ports.files.of(source.name);
  const [listed, settled] = await Promise.all([
    landingFiles(ports.lake, source.folder),
    settledBy(ports, source.name, seen),
  ]);
  return { folder: source.folder, before: expiryOf({ source, listed, seen, settled }, limit) };
}
