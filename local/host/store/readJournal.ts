import { decodeLine } from './line';

export interface ReadEnd {
  /** Bytes of the good prefix. */
  readonly end: number;
  /** Number of records in it. */
  readonly count: number;
}

/**
 * Hands every record of a journal to `onRecord`, up to the first torn or damaged line.
 * @throws when a whole record is missing between two good ones: that is no torn tail, and going on would lose state silently
 */
export function readJournal(bytes: Buffer, onRecord: (json: string) => void): ReadEnd {
  let end = 0;
  let count = 0;
  for (;;) {
    const feed = bytes.indexOf(0x0a, end);
    const line = feed < 0 ? undefined : decodeLine(bytes.subarray(end, feed));
    if (line === undefined) return { end, count };
    if (line.number !== count + 1) {
      throw new Error(
        `journal: record ${count + 1} is missing (found ${line.number} in its place); restore the file or start on an empty state`,
      );
    }
    onRecord(line.json);
    count += 1;
    end = feed + 1;
  }
}
