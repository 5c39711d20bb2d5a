import type { Source, Table } from '../contracts/catalog';
import type { Problem } from '../contracts/problem';
import type { Watermark } from '../contracts/window';
import { problem } from '../problem';
import { piecesOf, sizeOf } from './chunks';
import { isBefore, written } from './cursors';
import { MOST_LANES } from './lanes';

export interface BackfillWish {
  readonly source: Source;
  readonly table: Table;
  readonly watermark: Watermark | null;
  readonly from: string;
  readonly to: string;
  readonly size: string | null;
}

export type Backfill =
  | { kind: 'backfill'; from: string; to: string; windows: number }
  | { kind: 'refused'; problem: Problem };

/**
 * Whether a range can be read again beside the live history: the source must have a cursor, its rows an order (else an
 * older copy would win over a newer one), and the range must lie below the watermark, where no row can appear any more.
 */
export function judgeBackfill({ source, table, watermark, from, to, size }: BackfillWish): Backfill {
  const refused = (code: Problem['code'], why: string, next: string): Backfill => ({
    kind: 'refused',
    problem: problem(code, source.name, why, next),
  });
  const cursor = source.kind === 'mysql' ? source.cursor : null;
  if (!cursor) return refused('REQUEST_INVALID', 'it has no cursor, so it has no ranges.', 'Run it: it is read whole.');
  if (table.order.length === 0) {
    return refused(
      'REQUEST_INVALID',
      `rows of ${table.name} have no order.`,
      'Declare an order for the table in the catalog.',
    );
  }
  const [lower, upper] = [written(cursor.kind, from), written(cursor.kind, to)];
  if (lower === null || upper === null) {
    return refused(
      'CURSOR_INVALID',
      `${lower === null ? from : to} is no ${cursor.kind}.`,
      'Write it as the source prints it.',
    );
  }
  if (!isBefore(cursor.kind, lower, upper))
    return refused('REQUEST_INVALID', `${from} is not before ${to}.`, 'Turn them around.');
  if (!watermark?.cursor || isBefore(cursor.kind, watermark.cursor, upper)) {
    return refused(
      'WATERMARK_AHEAD',
      `${upper} lies beyond the watermark ${watermark?.cursor ?? '(none)'}.`,
      'End there: what follows is read by the live runs.',
    );
  }
  const each = size === null ? null : sizeOf(cursor.kind, size);
  if (size !== null && each === null) {
    const like = { integer: '10000', date: '7d', timestamp: '6h' }[cursor.kind];
    return refused('REQUEST_INVALID', `${size} is no size of windows over a ${cursor.kind}.`, `Write it like ${like}.`);
  }
  const windows = piecesOf(cursor.kind, { from: lower, until: upper }, each, MOST_LANES).length;
  if (windows > MOST_LANES)
    return refused('REQUEST_INVALID', `these are more than ${MOST_LANES} windows.`, 'Take larger ones.');
  return { kind: 'backfill', from: lower, to: upper, windows };
}
