import { open, openPlace, pathOf } from '../connectors/open';
import { selectFiles } from '../copy/select';
import { ActivityError } from '../engine/failure';
import type { WorkOf } from './works';

/** Deletes files; a folder that is not there is nothing to delete. */
export const remove: WorkOf<'Delete'> = async ({ dataset, storeSettings, enableLogging }, attempt) => {
  if (enableLogging)
    throw new ActivityError('BadRequest', 'The log of a Delete is not imitated here: set enableLogging to false.');
  const place = await openPlace(attempt, open(attempt, dataset));
  try {
    // https://learn.microsoft.com/azure/data-factory/delete-activity#known-limitation
    const timed = storeSettings.modifiedDatetimeStart !== undefined || storeSettings.modifiedDatetimeEnd !== undefined;
    if (timed && storeSettings.wildcardFileName === undefined && place.file === '')
      throw new ActivityError(
        'BadRequest',
        'The activity payload is currently not supported. If you want to delete files filtered by LastmodifiedDate, please set fileName.',
      );
    const target = place.file === '' ? place.folder : pathOf(place, place.file);
    const there = await place.store.look(target);
    const files = there ? await selectFiles(place, storeSettings) : [];
    for (const { entry } of files) {
      attempt.signal.throwIfAborted();
      await place.store.remove(entry.path);
    }
    return {
      dataset: { name: dataset.referenceName, type: place.dataset.type },
      prefix: target,
      recursive: storeSettings.recursive,
      isWildcardUsed: storeSettings.wildcardFileName !== undefined,
      filesDeleted: BigInt(files.length),
    };
  } finally {
    await place.store.close();
  }
};
