import type { ListedFile } from '../contracts/steps';

/** Names of the files that are not the same, by size and time, at a second look. */
export function moved(first: readonly ListedFile[], second: readonly ListedFile[]): string[] {
  const later = new Map(second.map((file) => [file.name, file]));
  return first
    .filter(({ name, bytes, modified }) => later.get(name)?.bytes !== bytes || later.get(name)?.modified !== modified)
    .map(({ name }) => name);
}
