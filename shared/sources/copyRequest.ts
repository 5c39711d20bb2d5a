import { connectionOf, sourceOf, tableOf } from '../catalog/lookup';
import type { Catalog, FileSource, MySqlSource, SftpSource } from '../contracts/catalog';
import type { ListedFile } from '../contracts/files';
import type { Window } from '../contracts/window';
import { codecOf, packingOf } from '../files/packing';
import { attemptFolder, fetchedFolder, fetchedName } from '../windows/paths';
import { selectList } from './select';

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

/**
 * The copy of a window into bronze.
 * @param absent declared columns that the source is known not to have
 */
export function copyRequest(
  catalog: Catalog,
  window: Window,
  places: Places,
  absent: readonly string[],
): PipelineRequest {
  const source = sourceOf(catalog, window.source);
  return source.kind === 'mysql'
    ? mysqlRequest(catalog, source, window, places, absent)
    : filesRequest(catalog, source, window, places);
}

function mysqlRequest(
  catalog: Catalog,
  source: MySqlSource,
  window: Window,
  places: Places,
  absent: readonly string[],
): PipelineRequest {
  const connection = connectionOf(catalog, source.connection);
  const { host, port, username } = places.connection(connection.name);
  const incremental = window.lower !== null;
  return {
    pipeline: incremental ? 'copy_mysql_window' : 'copy_mysql_snapshot',
    parameters: {
      source: source.name,
      server: host,
      port,
      username,
      database: connection.database ?? '',
      vaultUrl: places.vaultUrl,
      secretName: connection.secret,
      table: source.from,
      select: selectList(source, tableOf(catalog, source.table), absent),
      cursor: source.cursor?.column ?? '',
      ...(incremental ? { lower: window.lower ?? '' } : { nullCursor: source.cursor?.nulls ?? 'include' }),
      upper: window.upper ?? '',
      readPoint: source.readPoint.by,
      safetySeconds: source.readPoint.safetySeconds,
      lagSeconds: source.readPoint.lagSeconds,
      ...sink(catalog, window, places),
    },
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
