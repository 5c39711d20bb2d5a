import type { Lane } from '../contracts/lane';
import type { Problem } from '../contracts/problem';
import type { Watermark, Window } from '../contracts/window';
import { problem } from '../problem';
import { isBefore } from './cursors';

/** What the ledger calls the history of a source, or a lane beside it. No name of a source has a `~` in it. */
export const shelfOf = (source: string, lane?: string): string => (lane === undefined ? source : `${source}~${lane}`);

/** Whether a lane has come to its end. */
export function isThrough(lane: Lane, watermark: Watermark | null, kind: Parameters<typeof isBefore>[0]): boolean {
  if (watermark?.cursor === null || watermark?.cursor === undefined)
    return lane.kind === 'replay' && watermark !== null;
  return lane.kind === 'replay' || !isBefore(kind, watermark.cursor, lane.until);
}

/** Why a lane whose last window this is was not read to its end, or null when it was. */
export function cutShort(lane: Lane, { source, upper }: Window): Problem | null {
  if (lane.kind === 'replay' || upper === lane.until) return null;
  return problem(
    'WATERMARK_AHEAD',
    source,
    `the range (${lane.from}, ${lane.until}] was read up to ${upper ?? lane.from}: its source cannot be read further now. ` +
      'Its clock went back, its table was restored, or a transaction of then is open.',
    'Look which of these it is; `tidemark rerun` of this run goes on in its lanes once the source has passed the bound.',
  );
}
