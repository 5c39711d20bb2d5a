import type { BrokenFile } from '../contracts/bronze';
import type { LandedFile, Manifest, Window } from '../contracts/window';
import type { Digest, LakeFile } from '../ports/lake';
import { manifestPath } from './paths';

/** What is found of a file: its digest, and its rows, null when it is no Parquet file any more. */
export type Found = Digest & { readonly rows: string | null };

/** Rows of a window that silver says it took in. */
export const taken = ({ outcome }: Window): bigint =>
  outcome ? BigInt(outcome.merged) + BigInt(outcome.duplicates) + BigInt(outcome.quarantined) : 0n;

/** Why the manifest of a committed window does not go with what silver took in by it; null when it does. */
export function manifestFault(window: Window, manifest: Manifest | null): BrokenFile | null {
  const broken = (fault: string): BrokenFile => ({ window: nameOf(window), file: manifestPath(window), fault });
  if (!manifest) return broken(`is gone, or no manifest any more; silver took in ${taken(window)} rows by it`);
  const inFiles = manifest.files.reduce((sum, { rows }) => sum + BigInt(rows), 0n);
  const { landed } = manifest.rows;
  if (inFiles !== BigInt(landed)) return broken(`says ${landed} rows landed, and ${inFiles} by file`);
  return taken(window) === BigInt(landed)
    ? null
    : broken(`says ${landed} rows landed, and silver took in ${taken(window)}`);
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
