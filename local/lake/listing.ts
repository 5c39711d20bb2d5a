import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Layout } from './layout';
import { type Node, readNode } from './node';

/** A path below the listed directory, relative to its container. */
export interface Listed {
  readonly path: string;
  readonly node: Node;
}

const byName = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/**
 * Walks a directory in a fixed order, each directory before what is in it.
 * @param after the last path of the previous page: it and all before it are left out, without being read
 */
export async function* walk(
  where: Layout,
  home: string,
  directory: string,
  recursive: boolean,
  after?: string,
): AsyncGenerator<Listed> {
  const [resume, ...deeper] = after === undefined ? [] : after.split('/');
  for (const name of await names(join(home, directory))) {
    if (resume !== undefined && name < resume) continue;
    const path = directory ? `${directory}/${name}` : name;
    const node = await readNode(where, join(home, path));
    // Another program may remove a file between the listing and the look at it.
    if (!node) continue;
    if (name !== resume) yield { path, node };
    if (!recursive || !node.directory) continue;
    yield* walk(where, home, path, true, name === resume && deeper.length > 0 ? deeper.join('/') : undefined);
  }
}

async function names(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).sort(byName);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
