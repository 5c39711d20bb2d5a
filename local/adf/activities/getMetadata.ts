import type { Entry } from '../connectors/files';
import { open, openPlace, type Place, pathOf } from '../connectors/open';
import { structureOf } from '../copy/structure';
import type { MetadataField } from '../definition/work';
import type { Attempt } from '../engine/activity';
import { ActivityError } from '../engine/failure';
import { formatJson } from '../expression/json';
import type { Value, ValueObject } from '../expression/value';
import { limits } from '../limits';
import type { WorkOf } from './works';

/** Says what is known of a file or folder. https://learn.microsoft.com/azure/data-factory/control-flow-get-metadata-activity */
export const getMetadata: WorkOf<'GetMetadata'> = async ({ dataset, fieldList }, attempt) => {
  const place = await openPlace(attempt, open(attempt, dataset));
  try {
    const path = place.file === '' ? place.folder : pathOf(place, place.file);
    const entry = await place.store.look(path);
    if (!entry) {
      if (fieldList.includes('exists')) return { exists: false };
      throw new ActivityError('', `The path '${path}' does not exist (PathNotFound).`);
    }
    const output: ValueObject = {};
    for (const field of fieldList) Object.assign(output, await read(field, entry, place, attempt));
    if (Buffer.byteLength(formatJson(output)) > limits.metadataBytes)
      throw new ActivityError('2100', `The metadata exceeds the limit of ${limits.metadataBytes} bytes.`);
    return output;
  } finally {
    await place.store.close();
  }
};

async function read(field: MetadataField, entry: Entry, place: Place, attempt: Attempt): Promise<ValueObject> {
  const only = (directory: boolean, value: () => Promise<Value> | Value) => {
    if (entry.directory !== directory)
      throw new ActivityError('', `The field '${field}' is not there for a ${entry.directory ? 'folder' : 'file'}.`);
    return value();
  };
  switch (field) {
    case 'exists':
      return { exists: true };
    case 'itemName':
      return { itemName: entry.name };
    case 'itemType':
      return { itemType: entry.directory ? 'Folder' : 'File' };
    case 'size':
      return { size: await only(false, () => BigInt(entry.size)) };
    case 'lastModified':
      return { lastModified: seconds(entry.modified) };
    case 'childItems':
      return { childItems: await only(true, () => childItems(entry, place)) };
    case 'structure':
      return { structure: await only(false, () => structureOf(place, entry, attempt)) };
    case 'columnCount':
      return { columnCount: BigInt((await structureOf(place, entry, attempt)).length) };
    default:
      throw new ActivityError('BadRequest', `The metadata field '${field}' is not imitated here.`);
  }
}

async function childItems({ path }: Entry, { store }: Place): Promise<Value> {
  const children = await store.list(path);
  return children
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, directory }) => ({ name, type: directory ? 'Folder' : 'File' }));
}

/** The service shows whole seconds. */
const seconds = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;
