import { sourceOf, tableOf } from '../catalog/lookup';
import type { Catalog, MySqlSource, Table } from '../contracts/catalog';
import type { Listing } from '../contracts/listing';
import type { SourceTask } from '../contracts/steps';
import type { Window } from '../contracts/window';
import { ProblemError } from '../errors';
import { problem } from '../problem';
import { databaseOf, type PipelineRequest, type Places, snapshotRequest } from './copyRequest';
import { ONE_PART, rowsQuery, sumsQuery } from './sql/content';
import { countQuery, listQuery } from './sql/parts';

/** What is known of a source whose content is listed. */
interface Known {
  /** Declared columns that the source is known not to have. */
  readonly absent: readonly string[];
  /** Its watermark; null before anything of it was committed. */
  readonly upTo: string | null;
}

/** The copy of what is listed of a source; null of one that cannot be asked. */
export function listingRequest(
  catalog: Catalog,
  window: Window,
  listing: Listing,
  places: Places,
  known: Known,
): PipelineRequest | null {
  const source = sourceOf(catalog, window.source);
  if (source.kind !== 'mysql') return null;
  const table = tableOf(catalog, source.table);
  const database = databaseOf(catalog, source);
  const queries =
    listing.kind === 'keys'
      ? keyQueries(source, table, database)
      : contentQueries(source, table, database, listing, known);
  return snapshotRequest(catalog, source, window, places, queries);
}

function keyQueries(source: MySqlSource, table: Table, database: string) {
  const keys = { ...table, columns: table.columns.filter(({ name }) => table.key.includes(name)) };
  return { countQuery: countQuery(source, keys, database), copyQuery: listQuery(source, keys, database) };
}

type OfContent = Exclude<Listing, { kind: 'keys' }>;

function contentQueries(source: MySqlSource, table: Table, database: string, listing: OfContent, known: Known) {
  const { cursor } = source;
  if (cursor === null || known.upTo === null) throw nothingYet(source.name);
  const content = { source, cursor, table, database, absent: known.absent, upTo: known.upTo };
  return {
    countQuery: ONE_PART,
    copyQuery: listing.kind === 'sums' ? sumsQuery(content) : rowsQuery(content, listing.buckets),
  };
}

/** There is nothing up to which silver could be held against a source. */
export const nothingYet = (source: string): ProblemError =>
  new ProblemError(
    problem('REQUEST_INVALID', source, 'none of its rows has been committed yet.', 'Run it; then compare it.'),
  );

/** Whether a lane is of such a list. */
export const isOfList = (lane: string): boolean => /-(keys|sums|rows)$/.test(lane);

/** A list that a run takes, as a window of a lane that no ledger holds: it is compared, and forgotten. */
export const listingWindow = (
  { run, source, catalog }: SourceTask,
  { kind }: Listing,
  attempt: number,
  changed: string,
): Window => ({
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
  lane: `${run}-${kind}`,
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
