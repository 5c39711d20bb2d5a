import { errorCode, errorStatus } from '../symptom';
import type { ContainerClient, FileClient } from './sdk';

/** What a rename answers when something else is at its target than is meant, be it by this very rename, whose answer was lost. */
const TAKEN = new Set(['PathAlreadyExists', 'ConditionNotMet', 'TargetConditionNotMet', 'BlobAlreadyExists']);
/** What it answers when its source is gone, for the same reason too. */
const GONE = new Set(['SourcePathNotFound', 'RenameSourcePathNotFound', 'PathNotFound', 'SourceConditionNotMet']);

/**
 * Moves a file to another path in one step. Renaming overwrites whatever is there unless a condition forbids it.
 * @param over ETag of the version that it takes the place of; null where nothing lies
 * @returns false when the file is not there, or when something else lies at the path
 */
export async function renamed(
  container: ContainerClient,
  file: FileClient,
  path: string,
  over: string | null,
  abortSignal: AbortSignal,
): Promise<boolean> {
  const parent = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  if (parent !== '') await container.getDirectoryClient(parent).createIfNotExists({ abortSignal });
  const destinationConditions = over === null ? { ifNoneMatch: '*' } : { ifMatch: `"${over}"` };
  try {
    await file.move(encoded(path), { destinationConditions, abortSignal });
    return true;
  } catch (error) {
    const status = errorStatus(error);
    const taken = (status === 409 || status === 412) && TAKEN.has(errorCode(error));
    const gone = (status === 404 || status === 412) && GONE.has(errorCode(error));
    if (taken || gone) return false;
    throw error;
  }
}

/** A rename takes the target as part of a URL: a percent sign is read as an escape, a question mark ends the path. */
const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
