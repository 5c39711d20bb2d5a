import { createHash } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurable } from '../disk/durable';
import { readJson } from '../disk/readJson';
import type { Layout } from './layout';

const Lease = z.object({
  id: z.string(),
  /** Seconds, -1 for ever. */
  duration: z.int(),
  /** Epoch milliseconds; absent for ever. */
  until: z.number().optional(),
  broken: z.boolean().optional(),
});
export type Lease = z.infer<typeof Lease>;

/** What a path has beyond its bytes. */
const Meta = z.object({
  /** Counts the changes of metadata, which give a new ETag without a new file. */
  revision: z.int().default(0),
  contentType: z.string().optional(),
  contentEncoding: z.string().optional(),
  contentLanguage: z.string().optional(),
  contentDisposition: z.string().optional(),
  cacheControl: z.string().optional(),
  /** Base64, as the writer declared it; never verified, like in Azure. */
  contentMd5: z.string().optional(),
  metadata: z.record(z.string(), z.string()).default({}),
  owner: z.string().optional(),
  group: z.string().optional(),
  acl: z.string().optional(),
  lease: Lease.optional(),
  created: z.number().optional(),
});
export type Meta = z.infer<typeof Meta>;

/** A file or directory of the lake as both dialects describe it. */
export interface Node {
  readonly directory: boolean;
  readonly size: number;
  readonly modified: Date;
  readonly created: Date;
  /** Quoted, as in headers. */
  readonly etag: string;
  readonly key: string;
  readonly meta: Meta;
}

/**
 * Names a state of a file: inode, time and size. Metadata hangs on this name, so it moves with a rename of the file or
 * of any directory above it, and is void once another program has rewritten the file.
 */
const keyOf = (stat: BigIntStats): string =>
  stat.isDirectory() ? `d${stat.ino}-${stat.birthtimeNs}` : `f${stat.ino}-${stat.mtimeNs}-${stat.size}`;

const metaFile = ({ meta }: Layout, key: string) => join(meta, key.slice(-2), `${key}.json`);

export async function readNode(where: Layout, file: string): Promise<Node | undefined> {
  const stat = await lstat(file, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  // Links, sockets and the like are no part of a lake.
  if (!stat || !(stat.isFile() || stat.isDirectory())) return undefined;
  return describe(where, stat);
}

export async function describe(where: Layout, stat: BigIntStats): Promise<Node> {
  const key = keyOf(stat);
  const meta = (await readJson(metaFile(where, key), Meta)) ?? Meta.parse({});
  const hash = createHash('sha256').update(`${key}-${meta.revision}`).digest('hex').slice(0, 15).toUpperCase();
  const modified = new Date(Number(stat.mtimeNs / 1_000_000n));
  return {
    directory: stat.isDirectory(),
    size: stat.isDirectory() ? 0 : Number(stat.size),
    modified,
    created: meta.created === undefined ? modified : new Date(meta.created),
    etag: `"0x${hash}"`,
    key,
    meta,
  };
}

/** Stores metadata for the state of a file that `stat` shows. */
export const writeMeta = (where: Layout, stat: BigIntStats, meta: Meta): Promise<void> =>
  writeDurable(metaFile(where, keyOf(stat)), JSON.stringify(meta));

/** Replaces the metadata of a path that stays as it is. Leases leave the ETag alone, all else renews it. */
export const changeMeta = (where: Layout, node: Node, change: Partial<Meta>, revision = node.meta.revision + 1) =>
  writeDurable(metaFile(where, node.key), JSON.stringify({ ...node.meta, ...change, revision }));

export const forgetMeta = (where: Layout, node: Node): Promise<void> => rm(metaFile(where, node.key), { force: true });

/** Flags that open a file for reading and refuse a link that was put there in between. */
export const READ_NO_LINK = constants.O_RDONLY | constants.O_NOFOLLOW;
