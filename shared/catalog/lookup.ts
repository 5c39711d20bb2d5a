import type { Catalog, Connection, Dataset, Source, Table } from '../contracts/catalog';
import { ProblemError } from '../errors';
import { problem } from '../problem';

const found = <T>(item: T | undefined, what: string, { version }: Catalog): T => {
  if (item !== undefined) return item;
  throw new ProblemError(
    problem(
      'CATALOG_INVALID',
      what,
      `it is not in catalog ${version}.`,
      'Publish a catalog that names it, or correct the name.',
    ),
  );
};

export const sourceOf = (catalog: Catalog, name: string): Source =>
  found(
    catalog.sources.find((source) => source.name === name),
    `source ${name}`,
    catalog,
  );

export const tableOf = (catalog: Catalog, name: string): Table =>
  found(
    catalog.tables.find((table) => table.name === name),
    `table ${name}`,
    catalog,
  );

export const datasetOf = (catalog: Catalog, name: string): Dataset =>
  found(
    catalog.datasets.find((dataset) => dataset.name === name),
    `dataset ${name}`,
    catalog,
  );

export const connectionOf = (catalog: Catalog, name: string): Connection =>
  found(
    catalog.connections.find((connection) => connection.name === name),
    `connection ${name}`,
    catalog,
  );

/**
 * Whether the content of silver can be held against a source: its watermark must say up to where, and silver must hold
 * its keys as they are.
 */
export const hasLikeContent = (catalog: Catalog, source: Source): boolean => {
  if (source.kind !== 'mysql' || source.cursor === null) return false;
  const { key, columns, replace } = tableOf(catalog, source.table);
  return !replace && !columns.some(({ name, pii }) => key.includes(name) && pii === 'direct');
};

/** Whether the catalog says how rows that are gone at a source are found. */
export const declaresDeletes = (source: Source): boolean => source.kind === 'mysql' && source.deletes !== null;
