import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UNFINISHED } from './durable';

/**
 * Opens a directory that this process alone writes to, and removes what a killed write left in it.
 * @returns the names of what is there
 */
export async function ownDirectory(path: string): Promise<string[]> {
  await mkdir(path, { recursive: true });
  const names = await readdir(path);
  const unfinished = names.filter((name) => name.endsWith(UNFINISHED));
  await Promise.all(unfinished.map((name) => rm(join(path, name), { force: true })));
  return names.filter((name) => !unfinished.includes(name));
}
