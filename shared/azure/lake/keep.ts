import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Digest } from '../../ports/lake';
import { download } from './download';
import { placed, unfinishedFile } from './placed';
import type { ContainerClient, FileClient } from './sdk';

const BLOCK = 4 * 1024 * 1024;
const PARALLEL = 2;
const DEADLINE_MS = 60 * 60_000;

/** Copies a file while it is hashed, and gives the copy its place once its hash is known. */
export async function keep(
  from: FileClient,
  into: ContainerClient,
  path: (sha256: string) => string,
  etag: string,
): Promise<Digest | null> {
  const bytes = await download(from, 0, undefined, etag === '' ? undefined : `"${etag}"`);
  if (!bytes) return null;
  const abortSignal = AbortSignal.timeout(DEADLINE_MS);
  const hash = createHash('sha256');
  let length = 0n;
  async function* watched(): AsyncGenerator<Buffer> {
    for await (const piece of bytes ?? []) {
      hash.update(piece);
      length += BigInt(piece.length);
      yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    }
  }
  const copy = unfinishedFile(into, path('unknown'));
  await copy.uploadStream(Readable.from(watched()), { chunkSize: BLOCK, maxConcurrency: PARALLEL, abortSignal });
  const sha256 = hash.digest('hex');
  await placed(into, copy, path(sha256), abortSignal);
  return { sha256, bytes: String(length) };
}
