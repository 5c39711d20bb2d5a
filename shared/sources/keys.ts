import { sourceOf, tableOf } from '../catalog/lookup';
import type { Catalog, Table } from '../contracts/catalog';
import type { SourceTask } from '../contracts/steps';
import type { Window } from '../contracts/window';

/** A table of its key columns alone. */
const keysOnly = (table: Table): Table => ({
  ...table,
  columns: table.columns.filter(({ name }) => table.key.includes(name)),
});

/** The same catalog, in which a source is read whole and has no columns but its key. */
export function keyCatalog(catalog: Catalog, name: string): Catalog {
  const source = sourceOf(catalog, name);
  if (source.kind !== 'mysql') return catalog;
  const table = tableOf(catalog, source.table);
  return {
    ...catalog,
    sources: catalog.sources.map((one) => (one === source ? { ...source, cursor: null } : one)),
    tables: catalog.tables.map((one) => (one === table ? keysOnly(table) : one)),
  };
}

/** The list of keys that a run takes, as a window of a lane that no ledger holds: a list is compared, and forgotten. */
export const keyWindow = ({ run, source, catalog }: SourceTask, attempt: number, changed: string): Window => ({
  source,
  number: '1',
  state: 'planned',
  mode: 'snapshot',
  lower: null,
  upper: null,
  follows: false,
  attempt: String(attempt),
  run,
  catalog,
  lane: `${run}-keys`,
  files: [],
  account: null,
  outcome: null,
  byFile: [],
  reading: null,
  manifest: null,
  problem: null,
  schema: null,
  changed,
});
