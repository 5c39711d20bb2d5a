import { writeSync } from 'node:fs';

/**
 * Writes all of it: a full disk shows as a short write first, and only writing on brings the error out.
 * @returns the number of bytes
 */
export function writeWhole(fd: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
  return bytes.length;
}
