import { randomUUID } from 'node:crypto';
import { errorCode, errorStatus } from '../symptom';
import type { ContainerClient, FileClient } from './sdk';

const UNFINISHED = '_tmp';
/** What a rename answers when its target is there, or when it was made before and its answer was lost. */
const TAKEN = new Set(['PathAlreadyExists', 'ConditionNotMet', 'TargetConditionNotMet', 'BlobAlreadyExists']);
const MOVED = new Set(['SourcePathNotFound', 'RenameSourcePathNotFound', 'PathNotFound', 'SourceConditionNotMet']);

/** A file that nobody looks at before it is whole. */
export const unfinishedFile = (container: ContainerClient): FileClient =>
  container.getFileClient(`${UNFINISHED}/${randomUUID()}`);

/**
 * Moves a whole file to its place in one step, unless something lies there: then it is dropped. Renaming overwrites
 * unless the target must not be there.
 * @returns false when the place is taken, be it by this very move, whose answer was lost
 */
export async function placed(
  container: ContainerClient,
  file: FileClient,
  path: string,
  abortSignal: AbortSignal,
): Promise<boolean> {
  const parent = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  if (parent !== '') await container.getDirectoryClient(parent).createIfNotExists({ abortSignal });
  try {
    await file.move(encoded(path), { destinationConditions: { ifNoneMatch: '*' }, abortSignal });
    return true;
  } catch (error) {
    const status = errorStatus(error);
    const taken = (status === 409 || status === 412) && TAKEN.has(errorCode(error));
    const moved = (status === 404 || status === 412) && MOVED.has(errorCode(error));
    if (!taken && !moved) throw error;
    await file.deleteIfExists(false, { abortSignal });
    return false;
  }
}

/** A rename takes the target as part of a URL: a percent sign is read as an escape, a question mark ends the path. */
const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
