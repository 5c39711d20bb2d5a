import { createHash } from 'node:crypto';
import type { Digest, Lake } from '../../shared/ports/lake';

/** What a file of the lake holds, read piece by piece, or null when it is not there. */
export async function digestOf(lake: Lake, container: string, path: string): Promise<Digest | null> {
  const pieces = await lake.stream(container, path);
  if (!pieces) return null;
  const hash = createHash('sha256');
  let bytes = 0n;
  for await (const piece of pieces) {
    hash.update(piece);
    bytes += BigInt(piece.length);
  }
  return { sha256: hash.digest('hex'), bytes: String(bytes) };
}
