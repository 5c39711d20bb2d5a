import type { BrokenFile } from '../contracts/bronze';
import { sum } from '../contracts/counts';
import type { LandedFile, Manifest, Window } from '../contracts/window';
import type { Digest, LakeFile } from '../ports/lake';
import { manifestPath } from './paths';

/** What is found of a file: its digest, and its rows, null when it is no Parquet file any more. */
export type Found = Digest & { readonly rows: string | null };

/** Rows of a window that silver says it took in, or kept out since somebody was erased. */
export const taken = ({ outcome }: Window): bigint => {
  if (!outcome) return 0n;
  const { merged, duplicates, quarantined, erased = '0' } = outcome;
  return BigInt(sum([merged, duplicates, quarantined, erased]));
};

/** Rows that landed, those among them that were erased from the files since. */
export const landed = ({ rows }: Manifest): bigint => BigInt(rows.landed) + BigInt(rows.erased ?? '0');

/** Why the manifest of a committed window does not go with what silver took in by it; null when it does. */
export function manifestFault(window: Window, manifest: Manifest | null): BrokenFile | null {
  const broken = (fault: string): BrokenFile => ({ window: nameOf(window), file: manifestPath(window), fault });
  if (!manifest) return broken(`is gone, or no manifest any more; silver took in ${taken(window)} rows by it`);
  const inFiles = sum(manifest.files.map(({ rows }) => rows));
  const { landed: left } = manifest.rows;
  if (inFiles !== left) return broken(`says ${left} rows landed, and ${inFiles} by file`);
  return taken(window) === landed(manifest)
    ? null
    : broken(`says ${landed(manifest)} rows landed, and silver took in ${taken(window)}`);
}

/** Whether a file is the very one that landed, as a listing tells: an ETag is new whenever a file is written. */
export const isUntouched = (landed: LandedFile, listed: LakeFile): boolean =>
  listed.etag === landed.etag && listed.bytes === landed.bytes;

/** Why a file is not what landed; null when it is, such as one that was brought back from a copy. */
export function fileFault(window: Window, landed: LandedFile, found: Found | null): BrokenFile | null {
  if (found?.sha256 === landed.sha256) return null;
  const is = found ? `holds ${told(found)}` : 'is gone';
  return { window: nameOf(window), file: landed.path, fault: `${is}; it landed with ${told(landed)}` };
}

const told = ({ rows, bytes, sha256 }: Found): string =>
  `${rows === null ? 'no Parquet' : `${rows} rows`} in ${bytes} bytes, SHA-256 ${sha256}`;

const nameOf = ({ lane, number }: Window): string => (lane === undefined ? number : `${lane}/${number}`);
