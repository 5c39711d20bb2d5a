import type { SeenFile } from '../contracts/files';

/** The order in which people look at files: the last seen first, then by name. */
export const lastSeenFirst = (versions: readonly SeenFile[]): SeenFile[] =>
  [...versions].sort((a, b) => {
    if (a.last !== b.last) return a.last > b.last ? -1 : 1;
    return a.name < b.name ? -1 : 1;
  });
