import { z } from 'zod';
import { LandedFile } from '../../shared/contracts/window';
import { type Naming, orphans, windowOf } from '../../shared/maintenance/orphans';
import type { Lake, LakeFile } from '../../shared/ports/lake';
import type { Ports } from '../../shared/ports/ports';
import { isOfList } from '../../shared/sources/listing';
import { laneOf } from '../../shared/windows/paths';

const AT_ONCE = 20;
const Named = z.object({ files: z.array(LandedFile.pick({ path: true }).loose()) });

/**
 * Files of the attempts of a source that nobody will ever read, and lists that were compared, with their manifests. Files
 * first, then the open windows, then the manifests: a window that lands meanwhile is found open, or with its manifest put.
 */
export async function unnamed({ lake, ledger }: Ports, source: string): Promise<LakeFile[]> {
  const files = await lake.list('bronze', source);
  const shelves = new Set(files.flatMap(({ path }) => windowOf(path)?.shelf ?? []));
  const open = new Map<string, string>();
  for (const shelf of shelves) {
    const window = await ledger.open(shelf);
    if (window) open.set(shelf, window.number);
  }
  const manifests = await lake.list('bronze', `_manifests/${source}`);
  const ofLists = manifests.filter(({ path }) => isOfList(laneOf(path) ?? ''));
  const kept = manifests.filter((manifest) => !ofLists.includes(manifest));
  return [...orphans(files, await read(lake, kept), open), ...ofLists];
}

async function read(lake: Lake, manifests: readonly LakeFile[]): Promise<Naming[]> {
  const found: Naming[] = [];
  for (let from = 0; from < manifests.length; from += AT_ONCE) {
    const some = manifests.slice(from, from + AT_ONCE);
    const texts = await Promise.all(some.map(({ path }) => lake.read('bronze', path)));
    for (const bytes of texts) if (bytes) found.push(Named.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))));
  }
  return found;
}
