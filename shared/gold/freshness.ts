import type { Freshness } from '../contracts/freshness';
import type { Watermark } from '../contracts/window';
import type { Publication } from '../ports/publications';
import type { Feed } from './standing';

/** What of a source tells how old that is what was made of it. */
export interface Feeding extends Feed {
  readonly watermark: Watermark | null;
  /** Whether each run reads it whole up to its read point: what it has since then is not known. */
  readonly read: boolean;
}

const HOUR_MS = 3_600_000;

/** How old data may get, and whether it is older. What never was there is not late, it is not there. */
export const freshness = (asOf: string | null, limitHours: number | null, now: Date): Freshness => ({
  asOf,
  limitHours,
  late: asOf !== null && limitHours !== null && now.getTime() - Date.parse(asOf) > limitHours * HOUR_MS,
});

/**
 * Up to when a dataset is known to hold what its sources have: the moment at which the first window was committed that
 * it lacks, or at which a table was last read. Files that never came make their source late, not what was made of it.
 * @returns null while it was never published
 */
export function datasetAsOf(publication: Publication | null, sources: readonly Feeding[], now: Date): string | null {
  if (!publication) return null;
  const known = sources.flatMap(({ source, windows, asides, read, watermark }) => {
    const since = BigInt(publication.inputs[source] ?? '0');
    const lacking = windows.filter(
      ({ state, number, account }) => state === 'committed' && BigInt(number) > since && account?.landed !== '0',
    );
    const first = lacking.at(-1)?.changed;
    const beside = BigInt(asides) > BigInt(publication.inputs[`${source}/asides`] ?? '0') ? [publication.at] : [];
    const last = read && first === undefined && watermark ? [watermark.committed] : [];
    return [...(first === undefined ? [] : [first]), ...beside, ...last];
  });
  return known.reduce((oldest, at) => (Date.parse(at) < Date.parse(oldest) ? at : oldest), now.toISOString());
}
