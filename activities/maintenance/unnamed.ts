import { Manifest } from '../../shared/contracts/window';
import { orphans, windowOf } from '../../shared/maintenance/orphans';
import type { Lake, LakeFile } from '../../shared/ports/lake';
import type { Ports } from '../../shared/ports/ports';

const AT_ONCE = 20;
const Named = Manifest.pick({ files: true }).loose();

/**
 * Files of the attempts of a source that nobody will ever read. Files first, then the open windows, then the manifests:
 * a window that lands meanwhile is found open, or with its manifest put.
 */
export async function unnamed({ lake, ledger }: Ports, source: string): Promise<LakeFile[]> {
  const files = await lake.list('bronze', source);
  const shelves = new Set(files.flatMap(({ path }) => windowOf(path)?.shelf ?? []));
  const open = new Map<string, string>();
  for (const shelf of shelves) {
    const window = await ledger.open(shelf);
    if (window) open.set(shelf, window.number);
  }
  return orphans(files, await manifestsOf(lake, source), open);
}

async function manifestsOf(lake: Lake, source: string): Promise<Pick<Manifest, 'files'>[]> {
  const paths = (await lake.list('bronze', `_manifests/${source}`)).map(({ path }) => path);
  const manifests: Pick<Manifest, 'files'>[] = [];
  for (let from = 0; from < paths.length; from += AT_ONCE) {
    const texts = await Promise.all(paths.slice(from, from + AT_ONCE).map((path) => lake.read('bronze', path)));
    for (const bytes of texts) if (bytes) manifests.push(Named.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))));
  }
  return manifests;
}
