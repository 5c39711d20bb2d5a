import type { SeenFile } from '../contracts/files';

/** What becomes of a file whose content is known. */
export type Verdict =
  | { readonly kind: 'admit' }
  /** The very file that was read before, sent again. */
  | { readonly kind: 'same' }
  | { readonly kind: 'duplicate'; readonly of: string };

/**
 * Content that was read before is not read again, whatever its name; only a sender who goes back to an earlier version
 * of a file means it.
 * @param seen what is on record of the source
 * @param windows numbers of the committed windows that hold a content
 */
export function judge(
  name: string,
  sha256: string,
  seen: readonly SeenFile[],
  windows: ReadonlyMap<string, string>,
): Verdict {
  const admitted = seen.filter(({ outcome }) => outcome === 'admitted');
  const twin = admitted.find((version) => version.sha256 === sha256 && version.name !== name);
  const window = windows.get(sha256);
  if (window === undefined) return twin ? { kind: 'duplicate', of: twin.name } : { kind: 'admit' };
  const mine = admitted.filter((version) => version.name === name);
  if (!mine.some((version) => version.sha256 === sha256))
    return { kind: 'duplicate', of: twin?.name ?? 'an earlier file' };
  const newer = mine.some((version) => BigInt(windows.get(version.sha256 ?? '') ?? 0) > BigInt(window));
  return newer ? { kind: 'admit' } : { kind: 'same' };
}
