import { connectionOf, sourceOf, tableOf } from '../catalog/lookup';
import type { Catalog, FileSource, MySqlSource, SftpSource } from '../contracts/catalog';
import type { Sighting } from '../contracts/cursor';
import type { ListedFile } from '../contracts/files';
import type { Window } from '../contracts/window';
import { codecOf, packingOf } from '../files/packing';
import { attemptFolder, fetchedFolder, fetchedName } from '../windows/paths';
import { copyQuery, countQuery, whole } from './sql/parts';
import { reachQueries } from './sql/readPoint';

/** A pipeline of the factory and what it is given. */
export interface PipelineRequest {
  readonly pipeline: string;
  readonly parameters: Record<string, unknown>;
}

/** Where connections and services are in this deployment. */
export interface Places {
  readonly lakeUrl: string;
  readonly vaultUrl: string;
  readonly connection: (name: string) => Address;
}

/** Where a connection of the catalog leads to. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly hostKeyFingerprint?: string | undefined;
}

/** What is known of a source that its catalog does not say. */
interface Known {
  /** Declared columns that the source is known not to have. */
  readonly absent: readonly string[];
  /** What an integer cursor was seen at before. */
  readonly earlier: Sighting | null;
}

/** The copy of a window into bronze. */
export function copyRequest(
  catalog: Catalog,
  window: Window,
  places: Places,
  known: Known = { absent: [], earlier: null },
): PipelineRequest {
  const source = sourceOf(catalog, window.source);
  if (source.kind !== 'mysql') return filesRequest(catalog, source, window, places);
  const table = tableOf(catalog, source.table);
  const { cursor } = source;
  const database = databaseOf(catalog, source);
  const queries = {
    countQuery: countQuery(source, table, database),
    copyQuery: copyQuery(source, table, database, known.absent),
  };
  if (!cursor) return snapshotRequest(catalog, source, window, places, queries);
  const reach = reachQueries({ source, cursor, database, window, earlier: known.earlier });
  const parameters = { ...server(catalog, source, places), ...queries, ...reach, ...sink(catalog, window, places) };
  return { pipeline: 'copy_mysql_window', parameters };
}

/** The copy of what these queries read, whole. */
export const snapshotRequest = (
  catalog: Catalog,
  source: MySqlSource,
  window: Window,
  places: Places,
  queries: { countQuery: string; copyQuery: string },
): PipelineRequest => ({
  pipeline: 'copy_mysql_snapshot',
  parameters: { ...server(catalog, source, places), ...whole(queries), ...sink(catalog, window, places) },
});

/** The database that a source lies in. */
export const databaseOf = (catalog: Catalog, source: MySqlSource): string =>
  connectionOf(catalog, source.connection).database ?? '';

function server(catalog: Catalog, source: MySqlSource, places: Places) {
  const connection = connectionOf(catalog, source.connection);
  const { host, port, username } = places.connection(connection.name);
  return {
    source: source.name,
    server: host,
    port,
    username,
    database: connection.database ?? '',
    vaultUrl: places.vaultUrl,
    secretName: connection.secret,
    table: source.from,
  };
}

function filesRequest(catalog: Catalog, source: FileSource, window: Window, places: Places): PipelineRequest {
  const { compression: _, ...format } = source.format;
  const files = window.files.map(({ path, name, sha256 }, part) => ({
    folder: folderOf(path),
    name: nameOf(path),
    file: name,
    sha256,
    compression: codecOf[packingOf(source.format, name)],
    part,
  }));
  return {
    pipeline: 'copy_landed_files',
    parameters: { source: source.name, files, ...format, ...sink(catalog, window, places) },
  };
}

const sink = ({ limits }: Catalog, window: Window, { lakeUrl }: Places) => ({
  lakeUrl,
  container: 'bronze',
  folder: attemptFolder(window),
  window: window.number,
  codec: limits.codec,
});

/** A look at an SFTP folder or, with files, their transfer into landing. */
export function sftpRequest(
  catalog: Catalog,
  name: string,
  run: string,
  files: readonly ListedFile[],
  places: Places,
): PipelineRequest | null {
  const source = sourceOf(catalog, name);
  if (source.kind !== 'sftp') return null;
  const connection = connectionOf(catalog, source.connection);
  const { host, port, username, hostKeyFingerprint } = places.connection(connection.name);
  return {
    pipeline: 'copy_sftp_files',
    parameters: {
      source: name,
      host,
      port,
      username,
      hostKeyFingerprint: hostKeyFingerprint ?? '',
      vaultUrl: places.vaultUrl,
      secretName: connection.secret,
      folder: source.folder,
      ...namesOf(source),
      files: files.map((file) => ({ name: file.name, as: fetchedName(file.name) })),
      lakeUrl: places.lakeUrl,
      target: fetchedFolder(name, run),
    },
  };
}

/** Names that a look is interested in: what begins as the pattern does, and the one marker for all. */
function namesOf({ pattern, complete }: SftpSource): { prefix: string; marker: string } {
  const beside = complete.by === 'rest' ? '{name}' : complete.name;
  const named = beside.includes('{name}');
  const prefix = named && !beside.startsWith('{name}') ? '' : (/^[^*?]*/.exec(pattern)?.[0] ?? '');
  return { prefix, marker: named ? '' : beside };
}

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
