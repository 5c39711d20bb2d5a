import { randomUUID } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncDirectory } from '../disk/durable';
import type { Layout } from './layout';
import { describe, type Meta, type Node, writeMeta } from './node';
import { Refusal } from './refusal';

let lastStamp = 0;
/** Microseconds that only grow, so that two files which follow each other never share an ETag. */
const stamp = (): number => {
  lastStamp = Math.max(Date.now() * 1000, lastStamp + 2);
  return lastStamp / 1_000_000;
};

/**
 * Puts a finished file in its place in one step: synced, described, announced, then renamed. A crash before the rename
 * leaves what was there; `announce` is durable before the commit, so that no commit can be without its event.
 */
export async function publish(
  where: Layout,
  fresh: string,
  file: string,
  meta: Partial<Meta>,
  announce: (node: Node) => Promise<void> = async () => undefined,
): Promise<Node> {
  const handle = await open(fresh, 'r+');
  let node: Node;
  try {
    const time = stamp();
    await handle.utimes(time, time);
    await handle.sync();
    const stat = await handle.stat({ bigint: true });
    await writeMeta(where, stat, { revision: 0, metadata: {}, created: Date.now(), ...meta });
    node = await describe(where, stat);
  } finally {
    await handle.close();
  }
  await announce(node);
  await makeParents(file);
  await rename(fresh, file);
  await syncDirectory(dirname(file));
  return node;
}

/** Creates the directories above a path, which the service does for created paths (but not for renamed ones). */
export async function makeParents(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTDIR' && code !== 'EEXIST') throw error;
    throw new Refusal(
      409,
      'PathConflict',
      'The specified path, or an element of the path, exists and its resource type is invalid for this operation.',
    );
  }
}

/** A fresh name in the staging area. */
export const scratch = ({ staging }: Layout, kind: 'new' | 'trash'): string => join(staging, `${kind}-${randomUUID()}`);
