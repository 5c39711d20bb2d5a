import type { Lane } from '../contracts/lane';
import type { Watermark } from '../contracts/window';
import { isBefore } from './cursors';

/** What the ledger calls the history of a source, or a lane beside it. No name of a source has a `~` in it. */
export const shelfOf = (source: string, lane?: string): string => (lane === undefined ? source : `${source}~${lane}`);

/** Whether a lane has come to its end. */
export function isThrough(lane: Lane, watermark: Watermark | null, kind: Parameters<typeof isBefore>[0]): boolean {
  if (watermark?.cursor === null || watermark?.cursor === undefined)
    return lane.kind === 'replay' && watermark !== null;
  return lane.kind === 'replay' || !isBefore(kind, watermark.cursor, lane.until);
}
