import type { MySqlSource } from '../../contracts/catalog';
import type { Sighting, SourceCursor } from '../../contracts/cursor';
import type { Window } from '../../contracts/window';
import { type Bound, boundOf, TIE } from './bound';
import { dialects } from './dialect';
import { quoted, text } from './text';

/** A table with a cursor, and the window of it that is to be read. */
export interface Reach {
  readonly source: MySqlSource;
  readonly cursor: SourceCursor;
  readonly database: string;
  readonly window: Pick<Window, 'lower' | 'upper' | 'follows'>;
  /** Of an integer cursor: what was seen before. */
  readonly earlier: Sighting | null;
}

/** The first window of a run looks back and reads the rows without a cursor; those that follow do neither. */
export const isFirst = ({ window }: Reach): boolean => !window.follows;

export const tableOf = ({ source, database }: Reach): string => `${quoted(database)}.${quoted(source.from)}`;

export const lowerOf = ({ source, cursor, window }: Reach): Bound | null =>
  window.lower === null ? null : boundOf(source, cursor, window.lower);

export const typed = ({ cursor }: Reach, value: string): string => dialects[cursor.kind].typed(value);

export const lessThan = (reach: Reach, a: string, b: string): string => `${typed(reach, a)} < ${typed(reach, b)}`;

/** The cursor of a bound that the server holds, without its tie-breaker. */
export const cursorOf = (bound: string): string => `SUBSTRING_INDEX(${bound}, '${TIE}', 1)`;

/** Condition of the rows above the lower bound: the exact opposite of what the window before took as its upper one. */
export function aboveLower(reach: Reach): string {
  const { cursor } = reach;
  const bound = lowerOf(reach);
  if (!bound) return `NOT ${dialects[cursor.kind].bare(cursor.column)}`;
  const literal = cursor.kind === 'integer' ? bound.value : text(bound.value);
  const column = quoted(cursor.column);
  if (bound.tie === null || cursor.tieBreaker === null) return `${column} > ${literal}`;
  return `(${column} > ${literal} OR (${column} = ${literal} AND ${quoted(cursor.tieBreaker)} > ${text(bound.tie)}))`;
}
