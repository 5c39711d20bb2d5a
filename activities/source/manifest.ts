import { createHash } from 'node:crypto';
import type { SourceColumn } from '../../shared/contracts/schema';
import { Manifest, type Window } from '../../shared/contracts/window';
import { ConflictError } from '../../shared/errors';
import type { Lake } from '../../shared/ports/lake';
import { attemptFolder, manifestPath } from '../../shared/windows/paths';
import { digestOf } from '../bronze/digestOf';
import { parquetRows } from '../parquet';

/** The files that an attempt has written, with the rows that their own footers tell, and by what they are known again. */
export async function landedFiles(lake: Lake, window: Window): Promise<Manifest['files']> {
  const listed = await lake.list('bronze', attemptFolder(window));
  const parquet = listed.filter(({ path }) => path.endsWith('.parquet')).sort((a, b) => (a.path < b.path ? -1 : 1));
  return Promise.all(
    parquet.map(async ({ path, bytes, etag }) => {
      const rows = await parquetRows(lake, 'bronze', path, Number(bytes));
      const digest = await digestOf(lake, 'bronze', path);
      if (digest?.bytes !== bytes) throw new Error(`${path} changed while it was read.`);
      return { container: 'bronze', path, rows, etag, ...digest };
    }),
  );
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
