import type { BlobSource } from '../contracts/catalog';
import type { ListedFile, SeenFile } from '../contracts/files';
import { matches } from '../files/match';
import { sameVersion } from '../files/sight';

/** A landing folder as it is, and what is known of its files. */
interface Landing {
  readonly source: Pick<BlobSource, 'pattern'>;
  readonly listed: readonly ListedFile[];
  readonly seen: readonly SeenFile[];
  /** Versions that lie in a committed window, repeat what does, or were refused. */
  readonly settled: (version: SeenFile) => boolean;
}

/**
 * Before when the files of a landing folder go: their time, but none from the first one on that was not read to its
 * end. What a parked source has yet to read stays, however long that takes.
 */
export function expiryOf({ source, listed, seen, settled }: Landing, limit: Date): string {
  const unread = listed.filter(
    (file) =>
      matches(source.pattern, file.name) &&
      !seen.some((version) => version.name === file.name && sameVersion(version, file) && settled(version)),
  );
  return [limit.toISOString(), ...unread.map(({ modified }) => modified)].sort()[0] ?? limit.toISOString();
}
