import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * Finds deployed notebooks: workspace paths below `root` (with or without the `/Workspace` that Databricks allows in
 * front) are files below `directory`.
 */
export const locateIn =
  (directory: string, root: string) =>
  (notebook: string): string | undefined => {
    const path = posix.normalize(notebook).replace(/^\/Workspace\//, '/');
    if (!path.startsWith(`${root}/`)) return undefined;
    const name = path.slice(root.length + 1);
    return existsSync(join(directory, `${name}.py`)) ? name : undefined;
  };
