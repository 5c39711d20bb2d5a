import type { FileSource } from '../../shared/contracts/catalog';
import { inspect } from '../../shared/files/inspect';
import { packingOf } from '../../shared/files/packing';
import { FileRefused } from '../../shared/files/refused';
import { unpacked } from '../../shared/files/unpack';
import type { Lake } from '../../shared/ports/lake';

/** Why a kept file is not read by its source, 'empty' when there is nothing in it, null when it can be read. */
export async function faultOf(
  lake: Lake,
  { format, limits }: FileSource,
  { path, bytes, name }: { path: string; bytes: string; name: string },
): Promise<string | 'empty' | null> {
  const file = { bytes: Number(bytes), range: (from: number, to: number) => lake.range('bronze', path, from, to) };
  try {
    const found = await inspect(unpacked(file, packingOf(format, name), limits), format);
    return found === 'empty' ? 'empty' : null;
  } catch (error) {
    if (error instanceof FileRefused) return error.message;
    throw error;
  }
}
