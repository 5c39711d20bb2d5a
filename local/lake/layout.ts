import { createHash } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { pathNotFound, Refusal } from './refusal';
import type { Target } from './target';

/**
 * Where things are on disk. Everything but the containers is beside the lake's directory, so readers of the plain
 * directory never see it, and on the same file system, so a rename publishes it.
 */
export interface Layout {
  /** Containers, each a plain directory. */
  readonly root: string;
  /** Appended but not yet flushed data. */
  readonly staging: string;
  /** What a plain file cannot say about itself: metadata, content type, lease. */
  readonly meta: string;
  /** Blob events that no subscriber has taken yet. */
  readonly events: string;
}

export async function layout(root: string): Promise<Layout> {
  const made = { root, staging: `${root}-staging`, meta: `${root}-meta`, events: `${root}-events` };
  await Promise.all(Object.values(made).map((directory) => mkdir(directory, { recursive: true })));
  return { ...made, root: await realpath(root) };
}

export const containerDirectory = ({ root }: Layout, container: string): string => join(root, container);

/** The staging directory of one path. */
export const stagingOf = ({ staging }: Layout, { container, path }: Target): string =>
  join(staging, createHash('sha256').update(`${container}\0${path}`).digest('hex'));

/**
 * The file of a target. A symbolic link on the way that leads out of the container is refused, because then the path
 * would not be below its container.
 * @throws Refusal 404 when the container is not there
 */
export async function fileOf(where: Layout, { container, path }: Target): Promise<string> {
  const home = containerDirectory(where, container);
  if (!(await exists(home))) throw new Refusal(404, 'FilesystemNotFound', 'The specified filesystem does not exist.');
  const file = join(home, path);
  if (file !== home && !file.startsWith(home + sep)) throw pathNotFound('dfs');
  const real = await nearest(dirname(path === '' ? join(file, 'x') : file));
  if (real !== home && !real.startsWith(home + sep)) {
    throw new Refusal(400, 'InvalidUri', 'A link on this path leads out of its container.');
  }
  return file;
}

/** The real path of the closest ancestor that exists. */
async function nearest(directory: string): Promise<string> {
  try {
    return await realpath(directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    return nearest(dirname(directory));
  }
}

async function exists(directory: string): Promise<boolean> {
  return realpath(directory).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
