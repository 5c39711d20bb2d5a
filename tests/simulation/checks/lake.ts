import { Manifest } from '../../../shared/contracts/window';
import { rowsOf } from '../world/parquet';
import { sha256 } from '../world/silver';
import type { Findings } from './findings';

/** Watches the bronze container: what a manifest names stays as it is, and its numbers are those of its files. */
export function watchedBronze({ broken }: Findings) {
  const written = new Map<string, string>();
  const sealed = new Map<string, string>();
  const seal = (files: Manifest['files']): void => {
    for (const file of files) {
      const [hash = '', count = ''] = written.get(file.path)?.split(' ') ?? [];
      if (count !== file.rows) broken('C7', `${file.path} holds ${count} rows, its manifest says ${file.rows}`);
      sealed.set(file.path, hash);
    }
  };
  /** An erasure alone puts a manifest anew, and says which one that was at first. */
  const checkShortened = (path: string, first: string, body: Uint8Array): void => {
    const manifest = JSON.parse(Buffer.from(body).toString('utf8')) as Partial<Manifest>;
    if (manifest.replaces !== first) {
      broken('C8', `${path} is put a second time`);
      return;
    }
    const { files, rows } = Manifest.parse(manifest);
    seal(files);
    if (BigInt(rows.read) !== BigInt(rows.landed) + BigInt(rows.rejected) + BigInt(rows.erased ?? '0'))
      broken('C7', `${path}: ${rows.read} read, ${rows.landed} landed, ${rows.erased} erased`);
  };
  return (container: string, path: string, body: Uint8Array): void => {
    if (container !== 'bronze') return;
    if (sealed.has(path)) {
      const changed = sealed.get(path) !== sha256(body);
      if (changed) broken('C8', `${path} is written over after a manifest named it`);
      return;
    }
    const [first = ''] = written.get(path)?.split(' ') ?? [];
    if (path.startsWith('_manifests/') && first) {
      checkShortened(path, first, body);
      return;
    }
    written.set(path, `${sha256(body)} ${path.endsWith('.parquet') ? rowsOf(body).length : 0}`);
    if (!path.startsWith('_manifests/')) return;
    const { files, rows, source, window } = Manifest.parse(JSON.parse(Buffer.from(body).toString('utf8')));
    seal(files);
    const inFiles = files.reduce((sum, file) => sum + BigInt(file.rows), 0n);
    if (BigInt(rows.read) !== BigInt(rows.landed) + BigInt(rows.rejected) || inFiles !== BigInt(rows.landed)) {
      broken('C7', `window ${window} of ${source}: ${rows.read} read, ${rows.landed} landed, ${inFiles} in files`);
    }
  };
}
