import { Readable } from 'node:stream';
import { createGunzip, createInflateRaw } from 'node:zlib';
import type { FileLimits } from '../contracts/catalog';
import type { Packing } from './packing';
import { FileRefused } from './refused';
import { type Pieces, zipEntry } from './zip';

const MEGABYTE = 1 << 20;
const AT_ONCE = 4 * MEGABYTE;
/** Below this a ratio says nothing: short tables of zeros pack a thousandfold. */
const RATIO_FROM = 16 * MEGABYTE;

/**
 * The content of a file, unpacked while it is read; it stops at the limits of its source, however much would come.
 * @throws FileRefused for a bomb, and for what is not packed as declared
 */
export async function* unpacked(file: Pieces, packing: Packing, limits: FileLimits): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const piece of content(file, packing)) {
    length += piece.length;
    if (length > limits.megabytes * MEGABYTE) throw new FileRefused(`it unpacks to more than ${limits.megabytes} MB`);
    if (length > RATIO_FROM && length > file.bytes * limits.ratio)
      throw new FileRefused(`it unpacks to more than ${limits.ratio} times its size`);
    yield piece;
  }
}

async function* content(file: Pieces, packing: Packing): AsyncGenerator<Uint8Array> {
  if (packing === 'none') return yield* pieces(file, 0, file.bytes);
  const { from, to, deflated } = packing === 'zip' ? await zipEntry(file) : { from: 0, to: file.bytes, deflated: true };
  const packed = pieces(file, from, to);
  if (!deflated) return yield* packed;
  const source = Readable.from(packed);
  const unpacking = packing === 'zip' ? createInflateRaw() : createGunzip();
  let lost: unknown;
  source.once('error', (error) => {
    lost = error;
    unpacking.destroy(error);
  });
  try {
    for await (const piece of source.pipe(unpacking)) yield piece as Buffer;
  } catch {
    throw lost ?? new FileRefused(`it is not the ${packing} file that it is declared as, or is cut short`);
  } finally {
    source.destroy();
  }
}

async function* pieces(file: Pieces, from: number, to: number): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += AT_ONCE) yield await file.range(at, Math.min(at + AT_ONCE, to));
}
