import { TIE } from './bound';
import { dialects } from './dialect';
import { aboveLower, cursorOf, isFirst, type Reach } from './reach';
import { quoted, text } from './text';

/**
 * The condition of a window's rows, put together by the server, whose literals are then its own: above the lower bound
 * and up to the upper one, or without a cursor. `g` holds the bounds.
 */
export function span(reach: Reach): string {
  const { cursor } = reach;
  const { literal, bare } = dialects[cursor.kind];
  const above = `CONCAT(${text(`${quoted(cursor.column)} > `)}, ${literal('g.from_bound')})`;
  const low = `IF(g.from_bound IS NULL, ${text(aboveLower(reach))}, ${above})`;
  const rows = `IF(g.upper_bound IS NULL, 'FALSE', CONCAT(${low}, ' AND ', ${upTo(reach)}))`;
  const also = isFirst(reach) && cursor.nulls === 'include' ? ` OR ${bare(cursor.column)}` : '';
  return `CONCAT('(', ${rows}, ${text(`${also})`)})`;
}

function upTo({ cursor }: Reach): string {
  const column = quoted(cursor.column);
  const value = dialects[cursor.kind].literal(cursorOf('g.upper_bound'));
  const plain = `CONCAT(${text(`${column} <= `)}, ${value})`;
  if (cursor.tieBreaker === null) return plain;
  const tie = `QUOTE(SUBSTRING(g.upper_bound, LOCATE('${TIE}', g.upper_bound) + ${TIE.length}))`;
  const among = text(` AND ${quoted(cursor.tieBreaker)} <= `);
  const tied = `CONCAT(${text(`(${column} < `)}, ${value}, ${text(` OR (${column} = `)}, ${value}, ${among}, ${tie}, '))')`;
  return `IF(LOCATE('${TIE}', g.upper_bound) = 0, ${plain}, ${tied})`;
}
