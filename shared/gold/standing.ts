import type { Window } from '../contracts/window';
import type { Publication } from '../ports/publications';

/** How far the current form of a dataset goes, against what its sources have committed. */
export interface Standing {
  /** Its sources have committed rows since, or may have. */
  readonly behind: boolean;
  /** The newest committed window of each source now: what a form that is computed from here on holds at least. */
  readonly inputs: Record<string, string>;
}

/**
 * A run that commits and then cannot publish leaves its datasets behind, and no later run would see its sources move: so
 * a form says which windows it was computed from.
 * @param windows the newest windows of each source that feeds the dataset, newest first, at most `limit` of each
 */
export function standing(
  publication: Publication | null,
  windows: ReadonlyMap<string, readonly Window[]>,
  limit: number,
): Standing {
  const inputs: Record<string, string> = {};
  let behind = false;
  for (const [source, listed] of windows) {
    const committed = listed.filter(({ state }) => state === 'committed');
    inputs[source] = committed[0]?.number ?? '0';
    const since = BigInt(publication?.inputs[source] ?? '0');
    const oldest = BigInt(listed.at(-1)?.number ?? '0');
    behind ||= committed.some(({ number, account }) => BigInt(number) > since && account?.landed !== '0');
    behind ||= listed.length === limit && since + 1n < oldest;
  }
  return { behind, inputs };
}
