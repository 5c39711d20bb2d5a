import { createHash, randomUUID } from 'node:crypto';
import { ConflictError } from '../../errors';
import { problem } from '../../problem';
import { errorCode, errorStatus } from '../symptom';
import { download } from './download';
import type { ContainerClient } from './sdk';

const UNFINISHED = '_tmp';
const DEADLINE_MS = 5 * 60_000;
/** What a rename answers when its target is there, or when it was made before and its answer was lost. */
const TAKEN = new Set(['PathAlreadyExists', 'ConditionNotMet', 'TargetConditionNotMet', 'BlobAlreadyExists']);
const MOVED = new Set(['SourcePathNotFound', 'RenameSourcePathNotFound', 'PathNotFound', 'SourceConditionNotMet']);

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
  const unfinished = container.getFileClient(`${UNFINISHED}/${randomUUID()}`);
  await unfinished.upload(Buffer.from(body.buffer, body.byteOffset, body.byteLength), { abortSignal });
  const parent = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  if (parent !== '') await container.getDirectoryClient(parent).createIfNotExists({ abortSignal });
  try {
    await unfinished.move(encoded(path), { destinationConditions: { ifNoneMatch: '*' }, abortSignal });
    return 'created';
  } catch (error) {
    const status = errorStatus(error);
    const taken = (status === 409 || status === 412) && TAKEN.has(errorCode(error));
    const moved = (status === 404 || status === 412) && MOVED.has(errorCode(error));
    if (!taken && !moved) throw error;
    await unfinished.deleteIfExists(false, { abortSignal });
    const there = await compare(container, path, body);
    if (there) return there;
    throw error;
  }
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

/** A rename takes the target as part of a URL: a percent sign is read as an escape, a question mark ends the path. */
const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
