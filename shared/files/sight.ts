import type { Completeness } from '../contracts/catalog';
import type { ListedFile, SeenFile } from '../contracts/files';
import { companionOf, vouchedFor } from './complete';
import { matches } from './match';
import { hostileName } from './names';

/** What is known when a folder is looked at. */
export interface View {
  readonly source: string;
  readonly pattern: string;
  readonly complete: Completeness;
  readonly listed: readonly ListedFile[];
  readonly seen: readonly SeenFile[];
  /** Versions that need no second reading; none when a person wants everything looked at again. */
  readonly settled: (version: SeenFile) => boolean;
  readonly now: Date;
}

export interface Sighting {
  readonly ready: ListedFile[];
  /** What to write down: what waits, and what is refused for its name. */
  readonly seen: SeenFile[];
  /** Seconds until the youngest of those at rest has rested long enough; 0 when none is awaited. */
  readonly restSeconds: number;
}

/** Which of the listed files are complete, by the rule of their source, and not settled before. */
export function sight(view: View): Sighting {
  const beside = new Map(view.listed.map((file) => [file.name, file]));
  const known = new Map<string, SeenFile[]>();
  for (const version of view.seen) known.set(version.name, [...(known.get(version.name) ?? []), version]);
  const companions = new Set(view.listed.flatMap(({ name }) => companionOf(view.complete, name) ?? []));
  const ready: ListedFile[] = [];
  const seen: SeenFile[] = [];
  let restSeconds = 0;
  for (const file of view.listed) {
    if (!matches(view.pattern, file.name) || companions.has(file.name)) continue;
    const versions = (known.get(file.name) ?? []).filter((version) => sameVersion(version, file));
    if (versions.some(view.settled)) continue;
    const before = versions.find(({ sha256 }) => sha256 === null) ?? versions[0];
    const version = lookedAt(view, file, before);
    const hostile = hostileName(file.name);
    if (hostile) {
      if (before?.outcome !== 'refused') seen.push({ ...version, outcome: 'refused', reason: hostile });
      continue;
    }
    const left = secondsLeft(view, version, file, beside);
    if (left === 0) ready.push(file);
    else if (left !== null) restSeconds = Math.max(restSeconds, left);
    seen.push({ ...version, reason: left === 0 ? 'it is being read' : reasonToWait(view.complete, file.name) });
  }
  return { ready, seen, restSeconds };
}

/** Seconds that a file has yet to rest, 0 when it is complete, null when time alone does not help. */
function secondsLeft(
  { complete, now }: View,
  version: SeenFile,
  file: ListedFile,
  beside: ReadonlyMap<string, ListedFile>,
): number | null {
  if (complete.by !== 'rest') return vouchedFor(complete, file, beside) ? 0 : null;
  if (version.announced) return 0;
  const rested = (now.getTime() - Date.parse(version.first)) / 1000;
  return Math.max(0, complete.seconds - Math.max(0, rested));
}

const lookedAt = ({ source, now }: View, file: ListedFile, before: SeenFile | undefined): SeenFile => ({
  source,
  ...file,
  sha256: null,
  kept: null,
  outcome: 'waiting',
  reason: '',
  announced: before?.announced ?? false,
  first: before?.first ?? now.toISOString(),
  last: now.toISOString(),
});

/** Whether a version on record is the one that is listed now. A record of an announcement knows the ETag alone. */
export const sameVersion = (version: SeenFile, file: ListedFile): boolean =>
  file.etag !== '' ? version.etag === file.etag : version.bytes === file.bytes && version.modified === file.modified;

const reasonToWait = (complete: Completeness, name: string): string =>
  complete.by === 'rest'
    ? `it has not been at rest for ${complete.seconds} seconds`
    : `${companionOf(complete, name)} is not there yet, or is older than the file`;
