import { z } from 'zod';
import { Manifest } from '../../shared/contracts/window';
import { orphans, windowOf } from '../../shared/maintenance/orphans';
import type { Lake, LakeFile } from '../../shared/ports/lake';
import type { Ports } from '../../shared/ports/ports';
import { isOfList } from '../../shared/sources/listing';
import { laneOf } from '../../shared/windows/paths';

const AT_ONCE = 20;
const { files, rejects } = Manifest.shape;
const Naming = z.object({ files: z.array(files.element.pick({ path: true }).loose()), rejects });

/** Files that nobody will ever read, by their container. */
export type Unnamed = Readonly<Record<'bronze' | 'quarantine', LakeFile[]>>;

/**
 * Files and session logs of a source's attempts that no manifest names, and lists that were compared, with their
 * manifests. Files first, then the open windows, then the manifests: a window that lands meanwhile is found open, or
 * with its manifest put.
 */
export async function unnamed({ lake, ledger }: Ports, source: string): Promise<Unnamed> {
  const parquet = await lake.list('bronze', source);
  const logs = await lake.list('quarantine', source);
  const shelves = new Set([...parquet, ...logs].flatMap(({ path }) => windowOf(path)?.shelf ?? []));
  const open = new Map<string, string>();
  for (const shelf of shelves) {
    const window = await ledger.open(shelf);
    if (window) open.set(shelf, window.number);
  }
  const manifests = await lake.list('bronze', `_manifests/${source}`);
  const ofLists = manifests.filter(({ path }) => isOfList(laneOf(path) ?? ''));
  const kept = await read(
    lake,
    manifests.filter((manifest) => !ofLists.includes(manifest)),
  );
  const named = new Set(kept.flatMap(({ files }) => files.map(({ path }) => path)));
  const namedLogs = new Set(kept.flatMap(({ rejects }) => rejects.map((log) => log.slice(log.indexOf('/') + 1))));
  return {
    bronze: [...orphans(parquet, named, open), ...ofLists],
    quarantine: orphans(logs, namedLogs, open),
  };
}

async function read(lake: Lake, manifests: readonly LakeFile[]): Promise<z.infer<typeof Naming>[]> {
  const found: z.infer<typeof Naming>[] = [];
  for (let from = 0; from < manifests.length; from += AT_ONCE) {
    const some = manifests.slice(from, from + AT_ONCE);
    const texts = await Promise.all(some.map(({ path }) => lake.read('bronze', path)));
    for (const bytes of texts) if (bytes) found.push(Naming.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))));
  }
  return found;
}
