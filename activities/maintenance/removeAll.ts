import { batches } from '../../shared/batches';
import type { Lake, LakeFile } from '../../shared/ports/lake';

/** Removes files of one container, some at a time; one that is gone already is no fault. */
export async function removeAll(lake: Lake, container: string, files: readonly LakeFile[]): Promise<void> {
  for (const some of batches(files)) {
    await Promise.all(some.map(({ path }) => lake.remove(container, path)));
  }
}
