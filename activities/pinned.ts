import type { Catalog } from '../shared/contracts/catalog';
import { ProblemError } from '../shared/errors';
import type { Ports } from '../shared/ports/ports';
import { problem } from '../shared/problem';

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
