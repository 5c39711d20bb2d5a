import type { Source } from '../contracts/catalog';
import type { Aside, Lane } from '../contracts/lane';
import type { Window } from '../contracts/window';
import { piecesOf, sizeOf } from './chunks';

/** More windows than this would make one run too long to follow: take larger ones. */
export const MOST_LANES = 500;

const numbered = (run: string, number: number | string): string => `${run}-${String(number).padStart(4, '0')}`;

/** The lanes of a backfill, oldest first; the same request always has the same lanes. */
export function lanesOf({ lanes, from, to, size }: Extract<Aside, { kind: 'backfill' }>, source: Source): Lane[] {
  const kind = source.kind === 'mysql' ? (source.cursor?.kind ?? 'timestamp') : 'timestamp';
  const pieces = piecesOf(kind, { from, until: to }, size === null ? null : sizeOf(kind, size), MOST_LANES);
  return pieces.map((piece, at) => ({ kind: 'range', name: numbered(lanes, at + 1), ...piece }));
}

/** The lane in which a run merges a window again. */
export const replayOf = (run: string, window: Window): Lane => ({
  kind: 'replay',
  name: numbered(run, window.number),
  window,
});
