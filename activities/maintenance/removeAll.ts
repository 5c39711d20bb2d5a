import type { Lake, LakeFile } from '../../shared/ports/lake';

const AT_ONCE = 20;

/** Removes files of one container, some at a time; one that is gone already is no fault. */
export async function removeAll(lake: Lake, container: string, files: readonly LakeFile[]): Promise<void> {
  for (let from = 0; from < files.length; from += AT_ONCE) {
    await Promise.all(files.slice(from, from + AT_ONCE).map(({ path }) => lake.remove(container, path)));
  }
}
