import type { LakeFile } from '../ports/lake';
import { shelfOf } from '../windows/lane';

const OF_ATTEMPT = /^(?<source>[^/]+)\/(?:lane=(?<lane>[^/]+)\/)?window=(?<window>\d+)\/attempt=\d+\//;

/** The window whose attempt wrote a file of bronze or a log, and the shelf that it stands on; null for any other file. */
export function windowOf(path: string): { shelf: string; window: string } | null {
  const { source, lane, window } = OF_ATTEMPT.exec(path)?.groups ?? {};
  return source === undefined || window === undefined ? null : { shelf: shelfOf(source, lane), window };
}

/**
 * Files of copy attempts that no manifest names: nobody reads them, ever. An open window may yet name its own.
 * @param files below the folder of one source in a container
 * @param named paths in that container that manifests name
 * @param open numbers of the open windows, by shelf
 */
export function orphans(
  files: readonly LakeFile[],
  named: ReadonlySet<string>,
  open: ReadonlyMap<string, string>,
): LakeFile[] {
  return files.filter(({ path }) => {
    const of = windowOf(path);
    return of !== null && of.window !== open.get(of.shelf) && !named.has(path);
  });
}
