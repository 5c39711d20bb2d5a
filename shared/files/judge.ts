import type { SeenFile } from '../contracts/files';

/** What becomes of a file whose content is known. */
export type Verdict =
  | { readonly kind: 'admit' }
  /** The very file that was read before, sent again. */
  | { readonly kind: 'same' }
  | { readonly kind: 'duplicate'; readonly of: string };

/**
 * Content that was read before is not read again, whatever its name; only a sender who goes back to an earlier version
 * of a file means it. What was admitted once and never read may be gone by now: it speaks for no other file.
 * @param seen what is on record of the source
 * @param beside what was judged before it in the same look
 * @param windows numbers of the committed windows that hold a content
 */
export function judge(
  name: string,
  sha256: string,
  seen: readonly SeenFile[],
  beside: readonly SeenFile[],
  windows: ReadonlyMap<string, string>,
): Verdict {
  const twinIn = (versions: readonly SeenFile[]) =>
    versions.find((one) => one.outcome === 'admitted' && one.sha256 === sha256 && one.name !== name);
  const window = windows.get(sha256);
  if (window === undefined) {
    const twin = twinIn(beside);
    return twin ? { kind: 'duplicate', of: twin.name } : { kind: 'admit' };
  }
  const mine = seen.filter((version) => version.outcome === 'admitted' && version.name === name);
  if (!mine.some((version) => version.sha256 === sha256))
    return { kind: 'duplicate', of: twinIn(seen)?.name ?? 'an earlier file' };
  const newer = mine.some((version) => BigInt(windows.get(version.sha256 ?? '') ?? 0) > BigInt(window));
  return newer ? { kind: 'admit' } : { kind: 'same' };
}
