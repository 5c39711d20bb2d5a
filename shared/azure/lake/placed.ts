import { randomUUID } from 'node:crypto';
import { PUTTING } from '../../windows/paths';
import { renamed } from './renamed';
import type { ContainerClient, FileClient } from './sdk';

/** A file that nobody looks at before it is whole and lies at `path`. */
export const unfinishedFile = (container: ContainerClient, path: string): FileClient =>
  container.getFileClient([PUTTING, ...path.split('/').slice(0, -1), randomUUID()].join('/'));

/**
 * Moves a whole file to its place in one step, unless something lies there: then it is dropped.
 * @returns false when the place is taken, be it by this very move, whose answer was lost
 */
export async function placed(
  container: ContainerClient,
  file: FileClient,
  path: string,
  abortSignal: AbortSignal,
): Promise<boolean> {
  if (await renamed(container, file, path, null, abortSignal)) return true;
  await file.deleteIfExists(false, { abortSignal });
  return false;
}
