import type { BrokenFile, BronzeCheck } from '../../shared/contracts/bronze';
import type { LandedFile, Window } from '../../shared/contracts/window';
import { ProblemError } from '../../shared/errors';
import type { Lake, LakeFile } from '../../shared/ports/lake';
import { type Found, fileFault, isUntouched, landed, manifestFault, taken } from '../../shared/windows/bronze';
import { parquetRows } from '../parquet';
import { manifestOf } from './committed';
import { digestOf } from './digestOf';

/** Bytes that one check reads of files that were written again: an activity has minutes, not hours. */
const MOST_BYTES = 4n * 1024n ** 3n;
const SHOWN = 50;

/** Inspects windows one by one, and says at the end what was found of all. */
export function inspection(lake: Lake, listed: readonly LakeFile[]) {
  const there = new Map(listed.map((file) => [file.path, file]));
  const faults: BrokenFile[] = [];
  const count = { windows: 0, files: 0, landed: 0n, taken: 0n, unread: 0 };
  let left = MOST_BYTES;

  async function look(window: Window, file: LandedFile): Promise<BrokenFile | null> {
    const now = there.get(file.path);
    if (!now) return fileFault(window, file, null);
    if (isUntouched(file, now)) return null;
    left -= BigInt(now.bytes);
    if (left >= 0n) return fileFault(window, file, await foundOf(lake, file));
    count.unread += 1;
    return null;
  }

  async function inspect(window: Window): Promise<void> {
    const manifest = await manifestOf(lake, window);
    const files = manifest?.files ?? [];
    count.windows += 1;
    count.files += files.length;
    count.landed += manifest ? landed(manifest) : 0n;
    count.taken += taken(window);
    const found = [manifestFault(window, manifest)];
    for (const file of files) found.push(await look(window, file));
    faults.push(...found.filter((fault) => fault !== null));
  }

  const found = (): BronzeCheck => ({
    windows: String(count.windows),
    files: String(count.files),
    landed: String(count.landed),
    taken: String(count.taken),
    unread: String(count.unread),
    broken: String(faults.length),
    faults: faults.sort((a, b) => (a.file < b.file ? -1 : 1)).slice(0, SHOWN),
  });

  return { inspect, found };
}

async function foundOf(lake: Lake, { container, path }: LandedFile): Promise<Found | null> {
  const digest = await digestOf(lake, container, path);
  return digest && { ...digest, rows: await rowsOf(lake, container, path, Number(digest.bytes)) };
}

/** A file that is no Parquet has no rows to tell; a lake that does not answer is another matter. */
async function rowsOf(lake: Lake, container: string, path: string, bytes: number): Promise<string | null> {
  try {
    return await parquetRows(lake, container, path, bytes);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    return null;
  }
}
