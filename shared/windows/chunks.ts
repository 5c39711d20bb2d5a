import type { SourceCursor } from '../contracts/cursor';
import { isBefore } from './cursors';

/** A half-open piece `(from, until]` of a range. */
export interface Piece {
  readonly from: string;
  readonly until: string;
}

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** A size of pieces as people write it: `15m`, `6h`, `7d`, or for numbers a count; null when it is none of this kind. */
export function sizeOf(kind: SourceCursor['kind'], text: string): bigint | null {
  const [, count = '', unit = ''] = /^([1-9]\d{0,17})([smhd]?)$/.exec(text) ?? [];
  if (count === '' || (kind === 'integer') !== (unit === '')) return null;
  if (kind === 'integer') return BigInt(count);
  const seconds = BigInt(count) * BigInt(SECONDS[unit as keyof typeof SECONDS]);
  return kind === 'date' && seconds % 86_400n !== 0n ? null : seconds;
}

/**
 * A range cut into pieces of one size, oldest first, the last one as short as it comes; `most` + 1 of them when there
 * would be more.
 */
export function piecesOf(kind: SourceCursor['kind'], range: Piece, size: bigint | null, most: number): Piece[] {
  const pieces: Piece[] = [];
  for (let { from } = range; isBefore(kind, from, range.until) && pieces.length <= most; ) {
    const end = size === null ? range.until : plus(kind, from, size);
    const until = isBefore(kind, end, range.until) ? end : range.until;
    pieces.push({ from, until });
    from = until;
  }
  return pieces;
}

/** Cursors are printed to the microsecond, whole seconds apart: what is behind the second stays as it is. */
function plus(kind: SourceCursor['kind'], cursor: string, size: bigint): string {
  if (kind === 'integer') return String(BigInt(cursor) + size);
  const [second, fraction] = [cursor.slice(0, 19).replace(' ', 'T'), cursor.slice(19)];
  const start = Date.parse(kind === 'date' ? `${second}T00:00:00Z` : `${second}Z`);
  const end = new Date(start + Number(size) * 1000).toISOString();
  return kind === 'date' ? end.slice(0, 10) : `${end.slice(0, 19).replace('T', ' ')}${fraction}`;
}
