import type { MySqlSource } from '../../contracts/catalog';
import type { SourceCursor } from '../../contracts/cursor';
import { ProblemError } from '../../errors';
import { problem } from '../../problem';

/** A bound as a server printed it: the cursor and, when a window ended among rows of equal cursor, the tie-breaker. */
export interface Bound {
  readonly value: string;
  readonly tie: string | null;
}

const SHAPES: Record<SourceCursor['kind'], RegExp> = {
  timestamp: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?$/,
  date: /^\d{4}-\d\d-\d\d$/,
  integer: /^-?\d{1,20}$/,
};

/** Between cursor and tie-breaker. No cursor holds it, so a bound is read back as it was written. */
export const TIE = ', ';

/** @throws ProblemError CURSOR_INVALID for a text that is no cursor of this source: nothing else gets into a query */
export function boundOf(source: MySqlSource, cursor: SourceCursor, written: string): Bound {
  const at = cursor.tieBreaker === null ? -1 : written.indexOf(TIE);
  const bound =
    at < 0 ? { value: written, tie: null } : { value: written.slice(0, at), tie: written.slice(at + TIE.length) };
  if (SHAPES[cursor.kind].test(bound.value)) return bound;
  throw new ProblemError(
    problem(
      'CURSOR_INVALID',
      source.name,
      `the bound ${written} is no ${cursor.kind} of column ${cursor.column}.`,
      'Correct the kind of the cursor in the catalog, or reset the watermark with a reason.',
    ),
  );
}
