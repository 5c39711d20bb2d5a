import { createHash } from 'node:crypto';
import { ConflictError } from '../../errors';
import { problem } from '../../problem';
import { download } from './download';
import { placed, unfinishedFile } from './placed';
import type { ContainerClient } from './sdk';

const DEADLINE_MS = 5 * 60_000;

/**
 * Puts a file complete or not at all: an upload is three calls and shows its first byte, a rename is one. Renaming
 * overwrites unless the target must not be there.
 */
export async function putOnce(
  container: ContainerClient,
  path: string,
  body: Uint8Array,
): Promise<'created' | 'exists'> {
  const known = await compare(container, path, body);
  if (known) return known;
  const abortSignal = AbortSignal.timeout(DEADLINE_MS);
  const unfinished = unfinishedFile(container, path);
  await unfinished.upload(Buffer.from(body.buffer, body.byteOffset, body.byteLength), { abortSignal });
  if (await placed(container, unfinished, path, abortSignal)) return 'created';
  const there = await compare(container, path, body);
  if (there) return there;
  throw new Error(`${path} is taken, but nothing lies there.`);
}

/** 'exists' for the very same bytes, null for no file. */
async function compare(container: ContainerClient, path: string, body: Uint8Array): Promise<'exists' | null> {
  const bytes = await download(container.getFileClient(path));
  if (!bytes) return null;
  const hash = createHash('sha256');
  for await (const piece of bytes) hash.update(piece);
  if (hash.digest('hex') === createHash('sha256').update(body).digest('hex')) return 'exists';
  throw new ConflictError(
    problem(
      'WINDOW_CONFLICT',
      path,
      'Other bytes lie there already, and a file that is put once is not replaced.',
      'Look at which run put them; what lies there is the truth.',
    ),
  );
}
