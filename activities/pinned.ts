import type { Catalog } from '../shared/contracts/catalog';
import { ProblemError } from '../shared/errors';
import type { Ports } from '../shared/ports/ports';
import { problem } from '../shared/problem';
import { catalogPath } from '../shared/windows/paths';

/** The catalog version that a run is pinned to. */
export async function catalogOf({ catalogs }: Ports, version: string): Promise<Catalog> {
  const catalog = await catalogs.get(version);
  if (catalog) return catalog;
  throw new ProblemError(
    problem(
      'CATALOG_ABSENT',
      `catalog ${version}`,
      'this version is not in the metadata table.',
      'Publish the catalog again.',
    ),
  );
}

/** The same, once it lies in the lake, where the notebooks of the run read it. */
export async function catalogLaid(ports: Ports, version: string): Promise<Catalog> {
  const catalog = await catalogOf(ports, version);
  await ports.lake.putOnce('bronze', catalogPath(catalog.version), Buffer.from(JSON.stringify(catalog)));
  return catalog;
}
