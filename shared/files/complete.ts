import type { Completeness } from '../contracts/catalog';
import type { ListedFile } from '../contracts/files';
import { matches } from './match';

/** The name of the file that speaks for another one; null where files speak for themselves. */
export const companionOf = (complete: Completeness, name: string): string | null =>
  complete.by === 'rest' ? null : complete.name.replaceAll('{name}', name);

/** Whether a name is that of a file which speaks for one that the source reads. */
export function speaksFor(complete: Completeness, pattern: string, name: string): boolean {
  if (complete.by === 'rest') return false;
  const [before = '', after] = complete.name.split('{name}');
  if (after === undefined) return name === complete.name;
  const long = name.length > before.length + after.length;
  const fits = long && name.startsWith(before) && name.endsWith(after);
  return fits && matches(pattern, name.slice(before.length, name.length - after.length));
}

/** Whether what lies beside a file says that it is complete. An old marker says nothing of a file that came after it. */
export function vouchedFor(complete: Completeness, file: ListedFile, beside: ReadonlyMap<string, ListedFile>): boolean {
  const companion = beside.get(companionOf(complete, file.name) ?? '');
  if (!companion) return false;
  return complete.by === 'checksum' || Date.parse(companion.modified) >= Date.parse(file.modified);
}

/** The SHA-256 that a checksum file tells, as `sha256sum` and its like write it; null when it tells none. */
export const checksumIn = (text: string): string | null => /\b[0-9a-f]{64}\b/i.exec(text)?.[0].toLowerCase() ?? null;
