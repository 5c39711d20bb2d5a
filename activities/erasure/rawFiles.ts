import { sourceOf } from '../../shared/catalog/lookup';
import type { BlobSource, Catalog, FileLimits } from '../../shared/contracts/catalog';
import { packingOf } from '../../shared/files/packing';
import { sameVersion } from '../../shared/files/sight';
import type { Ports } from '../../shared/ports/ports';
import { keptRoot } from '../../shared/windows/paths';
import { landingFiles } from '../files/landingFiles';
import { settledBy } from '../files/settled';

/** Raw files of a source that nothing needs any more, how they are written, and what is a bomb among them. */
export interface RawFiles {
  readonly encoding: string;
  readonly limits: FileLimits | null;
  readonly files: { container: 'bronze' | 'landing'; path: string; packing: string }[];
}

/** All but what a window has yet to read: that is erased when it is merged. Under the lease no run reads meanwhile. */
export async function rawFiles(ports: Ports, catalog: Catalog, name: string): Promise<RawFiles> {
  const source = sourceOf(catalog, name);
  if (source.kind === 'mysql') return { encoding: 'UTF-8', limits: null, files: [] };
  const open = await ports.ledger.open(name);
  const needed = new Set((open?.files ?? []).map(({ path }) => path));
  const kept = (await ports.lake.list('bronze', keptRoot(name))).filter(({ path }) => !needed.has(path));
  const form = (container: 'bronze' | 'landing', path: string) => ({
    container,
    path,
    packing: packingOf(source.format, path),
  });
  return {
    encoding: source.format.encoding,
    limits: source.limits,
    files: [
      ...kept.map(({ path }) => form('bronze', path)),
      ...(source.kind === 'blob' ? await settledFiles(ports, source) : []).map((path) => form('landing', path)),
    ],
  };
}

async function settledFiles(ports: Ports, source: BlobSource): Promise<string[]> {
  const seen = await ports.files.of(source.name);
  const [listed, settled] = await Promise.all([
    landingFiles(ports.lake, source.folder),
    settledBy(ports, source.name, seen),
  ]);
  return listed
    .filter((file) => seen.some((one) => one.name === file.name && sameVersion(one, file) && settled(one)))
    .map(({ name }) => `${source.folder}/${name}`);
}
