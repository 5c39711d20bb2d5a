import type { Entry, FileStore } from '../connectors/files';
import { walk } from '../connectors/files';
import { type Place, pathOf } from '../connectors/open';
import type { ReadSettings } from '../definition/stores';
import { ActivityError } from '../engine/failure';

/** A file to read, with its path relative to the data set's folder. */
export interface Selected {
  readonly entry: Entry;
  readonly relative: string;
}

/** A pattern of `*` and `?` as a test of whole names; nothing else in it is special. */
export function wildcard(pattern: string): (name: string) => boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  const test = new RegExp(`^${source}$`, 'i');
  return (name) => test.test(name);
}

/**
 * The files that a read means: one by its path, a whole folder, or those that fit wildcards and a time range.
 * @throws ActivityError when a file or folder that is named is not there
 */
export async function selectFiles(place: Place, settings: ReadSettings): Promise<Selected[]> {
  if (settings.wildcardFolderPath !== undefined && /[*?]/.test(settings.wildcardFolderPath))
    throw new ActivityError('BadRequest', 'Wildcards in the folder path are not imitated here.');
  const folder = settings.wildcardFolderPath ?? place.folder;
  const since = timeOf(settings.modifiedDatetimeStart, Number.NEGATIVE_INFINITY);
  const until = timeOf(settings.modifiedDatetimeEnd, Number.POSITIVE_INFINITY);
  const inTime = ({ modified }: Entry) => modified.getTime() >= since && modified.getTime() < until;
  if (place.file !== '' && settings.wildcardFileName === undefined) {
    const entry = await place.store.look(pathOf(place, place.file));
    if (!entry || entry.directory) throw missing(place, pathOf(place, place.file));
    return inTime(entry) ? [{ entry, relative: place.file }] : [];
  }
  if ((await place.store.look(folder)) === undefined) throw missing(place, folder);
  const fits = wildcard(settings.wildcardFileName ?? '*');
  const found: Selected[] = [];
  for await (const entry of settings.recursive ? walk(place.store, folder) : direct(place.store, folder)) {
    const relative = entry.path.slice(folder.length).replace(/^\/+/, '');
    if (fits(entry.name) && inTime(entry)) found.push({ entry, relative });
  }
  return found;
}

async function* direct(store: FileStore, folder: string): AsyncGenerator<Entry> {
  for (const entry of await store.list(folder)) if (!entry.directory) yield entry;
}

function timeOf(text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise;
  const time = Date.parse(/Z|[+-]\d\d:?\d\d$/i.test(text) ? text : `${text}Z`);
  if (Number.isNaN(time)) throw new ActivityError('BadRequest', `'${text}' is no date and time.`);
  return time;
}

const missing = ({ lake }: Place, path: string) =>
  new ActivityError(
    '',
    lake
      ? `The required Blob is missing: ${lake.container}/${path} (PathNotFound).`
      : `The file or folder '${path}' is not on the SFTP server (No such file).`,
  );
