import type { MySqlSource, Source } from '../contracts/catalog';
import type { Reading, SourceCursor } from '../contracts/cursor';
import type { Problem } from '../contracts/problem';
import type { SourceColumn } from '../contracts/schema';
import { problem } from '../problem';

const TYPES: Record<SourceCursor['kind'], RegExp> = {
  timestamp: /^(datetime|timestamp)\b/i,
  date: /^date$/i,
  integer: /^(tiny|small|medium|big)?int(eger)?\b/i,
};

/** What is to be said of how a window was cut out of its table. */
export function readingProblems(source: Source, reading: Reading | null, columns: readonly SourceColumn[]): Problem[] {
  if (source.kind !== 'mysql' || !source.cursor || !reading) return [];
  return [
    ...unfit(source, source.cursor, columns),
    ...withoutCursor(source, source.cursor, reading),
    ...(reading.ahead ? [ahead(source, reading)] : []),
  ];
}

/** Bounds of another kind than the column's would be compared in another order than its own. */
function unfit(
  { name }: MySqlSource,
  { column, kind, zone }: SourceCursor,
  columns: readonly SourceColumn[],
): Problem[] {
  const type = columns.find((found) => found.name.toLowerCase() === column.toLowerCase())?.type;
  if (type === undefined) return [];
  const cure = 'Correct the cursor in the catalog and publish it; then run the source by hand.';
  if (!TYPES[kind].test(type)) {
    return [problem('CURSOR_INVALID', name, `column ${column} is ${type}, which is no ${kind}.`, cure)];
  }
  const shifted = zone !== 'session' && /^timestamp\b/i.test(type);
  const why = `column ${column} is ${type}: the server turns it into the session's zone, so zone ${zone} is not its own.`;
  return shifted ? [problem('CURSOR_INVALID', name, why, cure)] : [];
}

function withoutCursor(
  { name }: MySqlSource,
  { column, nulls }: SourceCursor,
  { withoutCursor: rows }: Reading,
): Problem[] {
  if (nulls === 'include' || rows === '0') return [];
  const what = nulls === 'exclude' ? 'they are left out' : 'the catalog says that there are none';
  return [
    problem(
      'CURSOR_NULL',
      name,
      `${rows} rows have no ${column}: ${what}.`,
      'Fill the column at the source, or let the catalog include rows without a cursor.',
    ),
  ];
}

const ahead = ({ name }: MySqlSource, { readPoint }: Reading): Problem =>
  problem(
    'WATERMARK_AHEAD',
    name,
    `the watermark ${readPoint} lies ahead of the source: nothing new is found until the source has passed it.`,
    'Look whether its clock went back or its table was emptied or restored; then reset the watermark with a reason.',
  );

/** Whether a window with this problem waits for a person. */
export const stops = (source: Source, { code }: Problem): boolean =>
  code === 'CURSOR_INVALID' || (code === 'CURSOR_NULL' && source.kind === 'mysql' && source.cursor?.nulls === 'fail');
