import { z } from 'zod';
import { batches } from '../../shared/batches';
import { Manifest } from '../../shared/contracts/window';
import { orphans, windowOf } from '../../shared/maintenance/orphans';
import type { Lake, LakeFile } from '../../shared/ports/lake';
import type { Ledger } from '../../shared/ports/ledger';
import type { Ports } from '../../shared/ports/ports';
import { isOfList } from '../../shared/sources/listing';
import { laneOf } from '../../shared/windows/paths';

const { files, rejects } = Manifest.shape;
const Naming = z.object({ files: z.array(files.element.pick({ path: true }).loose()), rejects });

/** Files that nobody will ever read, by their container. */
export type Unnamed = Readonly<Record<'bronze' | 'quarantine', LakeFile[]>>;

/**
 * Files and session logs of a source's attempts that no manifest names, and lists that were compared, with their
 * manifests. Files first, then the open windows, then the manifests: a window that lands meanwhile is found open, or
 * with its manifest put. A manifest that is not where the ledger says is on its way back there, and its window is spared.
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
  const found = { bronze: orphans(parquet, named, open), quarantine: orphans(logs, namedLogs, open) };
  const listed = new Set(manifests.map(({ path }) => path));
  const spared = await unlisted(ledger, [...found.bronze, ...found.quarantine], listed);
  const unspared = (files: readonly LakeFile[]): LakeFile[] => files.filter((file) => !spared(file));
  return { bronze: [...unspared(found.bronze), ...ofLists], quarantine: unspared(found.quarantine) };
}

/** Which of these files are of a window that has a manifest by the ledger, though it was not listed. */
async function unlisted(
  ledger: Ledger,
  files: readonly LakeFile[],
  listed: ReadonlySet<string>,
): Promise<(file: LakeFile) => boolean> {
  const idOf = ({ path }: LakeFile): string => JSON.stringify(windowOf(path));
  const windows = new Map(files.map((file) => [idOf(file), windowOf(file.path)]));
  const spared = new Set<string>();
  for (const [id, of] of windows) {
    const manifest = of && (await ledger.window(of.shelf, of.window))?.manifest;
    if (manifest && !listed.has(manifest)) spared.add(id);
  }
  return (file) => spared.has(idOf(file));
}

async function read(lake: Lake, manifests: readonly LakeFile[]): Promise<z.infer<typeof Naming>[]> {
  const found: z.infer<typeof Naming>[] = [];
  for (const some of batches(manifests)) {
    const texts = await Promise.all(some.map(({ path }) => lake.read('bronze', path)));
    for (const bytes of texts) if (bytes) found.push(Naming.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))));
  }
  return found;
}
