import type { Window } from '../contracts/window';
import type { Publication } from '../ports/publications';

/** How far the current form of a dataset goes, against what its sources have committed. */
export interface Standing {
  /** Its sources have moved silver since, or may have. */
  readonly behind: boolean;
  /**
   * The newest committed window of each source now, and how often its table was changed beside them: what a form that is
   * computed from here on holds at least.
   */
  readonly inputs: Record<string, string>;
}

/**
 * A source that feeds datasets: the table that it moves, its newest windows, newest first, whether these are all that it
 * has, and how often its table was changed beside them.
 */
export interface Feed {
  readonly source: string;
  readonly table: string;
  readonly windows: readonly Window[];
  readonly whole: boolean;
  readonly asides: string;
}

/**
 * A run that commits and then cannot publish leaves its datasets behind, and no later run would see its sources move: so
 * a form says which windows it was computed from.
 */
export function standing(publication: Publication | null, feeds: readonly Feed[]): Standing {
  const inputs: Record<string, string> = {};
  let behind = false;
  for (const { source, windows: listed, whole, asides } of feeds) {
    const committed = listed.filter(({ state }) => state === 'committed');
    inputs[source] = committed[0]?.number ?? '0';
    const since = BigInt(publication?.inputs[source] ?? '0');
    const oldest = BigInt(listed.at(-1)?.number ?? '0');
    behind ||= committed.some(({ number, account }) => BigInt(number) > since && account?.landed !== '0');
    behind ||= !whole && since + 1n < oldest;
    if (asides === '0') continue;
    const beside = `${source}/asides`;
    inputs[beside] = asides;
    behind ||= BigInt(asides) > BigInt(publication?.inputs[beside] ?? '0');
  }
  return { behind, inputs };
}
