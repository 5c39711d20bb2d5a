import type { Marked } from '../../ports/lake';
import { isAbsent } from './absent';
import { renamed } from './renamed';
import type { ContainerClient, FileClient } from './sdk';

/** Metadata goes with a file when it is renamed, in the same step. */
const MARK = 'mark';
const DEADLINE_MS = 5 * 60_000;

/** The version of a file, and its mark; null when it is not there. */
export async function marked(file: FileClient): Promise<Marked | null> {
  const found = await unlessAbsent(() => file.getProperties({ abortSignal: AbortSignal.timeout(DEADLINE_MS) }));
  if (!found) return null;
  const { etag, metadata } = found;
  if (etag === undefined) throw new Error('The lake answered without an ETag.');
  return { etag: etag.replaceAll('"', ''), mark: metadata?.[MARK] ?? null };
}

/** Marks a file and moves it over the version of another path that is meant. @returns false when it could not */
export async function moved(
  container: ContainerClient,
  from: string,
  to: string,
  mark: string,
  over: string | null,
): Promise<boolean> {
  const abortSignal = AbortSignal.timeout(DEADLINE_MS);
  const file = container.getFileClient(from);
  const there = await unlessAbsent(() => file.setMetadata({ [MARK]: mark }, { abortSignal }));
  return there !== null && renamed(container, file, to, over, abortSignal);
}

async function unlessAbsent<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
