import { createHash } from 'node:crypto';
import { batches } from '../../shared/batches';
import type { SourceColumn } from '../../shared/contracts/schema';
import type { WindowTask } from '../../shared/contracts/steps';
import { type LandedFile, Manifest, type Window } from '../../shared/contracts/window';
import { ConflictError } from '../../shared/errors';
import type { Lake, LakeFile } from '../../shared/ports/lake';
import type { Ports } from '../../shared/ports/ports';
import { attemptFolder, manifestPath } from '../../shared/windows/paths';
import { digestOf } from '../bronze/digestOf';
import { parquetRows } from '../parquet';
import { renewed } from '../renewed';

/**
 * The files that an attempt has written, with the rows that their own footers tell, and by what they are known again.
 * The lease is kept alive while they are read.
 */
export async function landedFiles(ports: Ports, { task, lease, window }: WindowTask): Promise<Manifest['files']> {
  const listed = await ports.lake.list('bronze', attemptFolder(window));
  const parquet = listed.filter(({ path }) => path.endsWith('.parquet')).sort((a, b) => (a.path < b.path ? -1 : 1));
  const landed: Manifest['files'] = [];
  for (const some of batches(parquet)) {
    await renewed(ports, task, lease);
    landed.push(...(await Promise.all(some.map((file) => landedFile(ports.lake, file)))));
  }
  return landed;
}

async function landedFile(lake: Lake, { path, bytes, etag }: LakeFile): Promise<LandedFile> {
  const rows = await parquetRows(lake, 'bronze', path, Number(bytes));
  const digest = await digestOf(lake, 'bronze', path);
  if (digest?.bytes !== bytes) throw new Error(`${path} changed while it was read.`);
  return { container: 'bronze', path, rows, etag, ...digest };
}

/** A crash between the manifest and the ledger leaves a manifest: it is the truth then, and a later attempt follows it. */
export async function putManifest(lake: Lake, window: Window, manifest: Manifest): Promise<Manifest> {
  try {
    await lake.putOnce('bronze', manifestPath(window), Buffer.from(JSON.stringify(manifest)));
    return manifest;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const there = await lake.read('bronze', manifestPath(window));
    if (!there) throw error;
    return Manifest.parse(JSON.parse(Buffer.from(there).toString('utf8')));
  }
}

/** Of a source's columns, in any order. */
export const fingerprint = (columns: readonly SourceColumn[]): string => {
  const text = columns.map(({ name, type }) => `${name} ${type}`).sort();
  return createHash('sha256').update(text.join('\n')).digest('hex');
};
