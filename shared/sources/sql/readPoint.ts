import { behind, sees } from './behind';
import { boundOf, TIE } from './bound';
import { dialects, utcText } from './dialect';
import { aboveLower, cursorOf, isFirst, lessThan, lowerOf, type Reach, tableOf, typed } from './reach';
import { span } from './span';
import { clock, FOLD, folds, kept, sightingQuery, stable } from './stable';
import { quoted, text } from './text';

/** What the pipeline asks the server before it counts and copies. */
export function reachQueries(reach: Reach) {
  const { by, safetySeconds } = reach.source.readPoint;
  const looks = reach.cursor.kind === 'integer' && isFirst(reach);
  return {
    sightingQuery: looks ? sightingQuery(reach) : '',
    waitSeconds: by === 'lag' ? 1 : safetySeconds + 1,
    readPointQuery: readPointQuery(reach),
  };
}

/**
 * The query that cuts a window out of its table: one row that says how far can be read, how far will be, and, as `span`,
 * the condition of the window's rows. Each level is a table of its own (LIMIT keeps it from being merged), so that the
 * server computes each value once.
 */
export function readPointQuery(reach: Reach): string {
  const { source, cursor, database } = reach;
  const base = `${sees(source)} AS sees, UTC_TIMESTAMP(6) AS utc, ${clock(cursor)} AS clock, ${folds(cursor)} AS folds`;
  const levels = [
    `b.*, ${utcText('b.utc - INTERVAL b.behind SECOND')} AS passed, ${stable(reach)} AS stable`,
    `c.*, ${readable(reach)} AS read_point, ${nth(reach)} AS nth, ${lookedBack(reach)} AS from_bound`,
    `d.*, ${atMost(reach)} AS target`,
    `e.*, COALESCE(${lessThan(reach, cursorOf('e.nth'), cursorOf('e.target'))}, FALSE) AS more`,
    'f.*, IF(f.more, f.nth, f.target) AS upper_bound',
    answer(reach),
  ];
  const first = `SELECT a.*, ${behind(source, database, 'a.sees')} AS behind FROM (SELECT ${base} LIMIT 1) a`;
  return levels.reduce((query, level, at) => `SELECT ${level} FROM (${query} LIMIT 1) ${'bcdefg'[at]}`, first);
}

function answer(reach: Reach): string {
  const { column, kind } = reach.cursor;
  const { seen, at } = kept(reach);
  const without = `SELECT CAST(COUNT(*) AS CHAR) FROM ${tableOf(reach)} WHERE ${dialects[kind].bare(column)}`;
  return (
    "g.upper_bound, g.read_point, g.from_bound, IF(g.more, '0', '1') AS complete, IF(g.sees, 'read-point', 'lag') AS guarantee, " +
    `(${without}) AS without_cursor, IF(${ahead(reach)}, '1', '0') AS ahead, ${seen} AS seen, ${at} AS seen_at, ${span(reach)} AS span`
  );
}

/** Never below the lower bound: a clock that went back moves nothing back. */
function readable(reach: Reach): string {
  const { lower } = reach.window;
  const bound = lowerOf(reach);
  if (!bound || lower === null) return 'c.stable';
  return `IF(c.stable IS NOT NULL AND ${lessThan(reach, text(bound.value), 'c.stable')}, c.stable, ${text(lower)})`;
}

/** Never above the bound that the window was planned with. */
function atMost(reach: Reach): string {
  const { upper } = reach.window;
  if (upper === null) return 'd.read_point';
  const { value } = boundOf(reach.source, reach.cursor, upper);
  return `IF(${lessThan(reach, text(value), cursorOf('d.read_point'))}, ${text(upper)}, d.read_point)`;
}

/** Where reading begins when it looks back, else NULL. */
function lookedBack(reach: Reach): string {
  const bound = lowerOf(reach);
  const { kind, lookBack } = reach.cursor;
  if (!bound || !isFirst(reach)) return 'NULL';
  const { printed } = dialects[kind];
  const at = typed(reach, text(bound.value));
  if (kind === 'timestamp') {
    const back = `${lookBack} + c.folds * ${FOLD}`;
    return `IF(${back} = 0, NULL, ${printed(`${at} - INTERVAL ${back} SECOND`)})`;
  }
  if (lookBack === 0) return 'NULL';
  return printed(kind === 'date' ? `${at} - INTERVAL ${lookBack} DAY` : `${at} - ${lookBack}`);
}

/** The cursor of the last row that a window of `maxRows` holds; NULL when all rows fit. */
function nth(reach: Reach): string {
  const { maxRows } = reach.source.windows;
  const { column, tieBreaker } = reach.cursor;
  if (maxRows === null) return 'NULL';
  const columns = [column, ...(tieBreaker === null ? [] : [tieBreaker])].map(quoted);
  const printed = columns.map((name) => `CAST(${name} AS CHAR)`).join(`, '${TIE}', `);
  const rows = `FROM ${tableOf(reach)} WHERE ${aboveLower(reach)} ORDER BY ${columns.join(', ')}`;
  return `(SELECT CONCAT(${printed}) ${rows} LIMIT 1 OFFSET ${maxRows - 1})`;
}

/** Whether the source has gone back behind the lower bound: its clock, or its numbers when no next one lies above. */
function ahead(reach: Reach): string {
  const bound = lowerOf(reach);
  if (!bound || !isFirst(reach)) return 'FALSE';
  if (reach.cursor.kind !== 'integer')
    return `${typed(reach, text(bound.value))} > g.clock + INTERVAL g.folds * ${FOLD} SECOND`;
  const next = `SELECT auto_increment FROM information_schema.tables WHERE table_schema = ${text(reach.database)} AND table_name = ${text(reach.source.from)}`;
  return `'{seen}' <> '' AND ${lessThan(reach, "'{seen}'", text(bound.value))} AND COALESCE((${next}), 0) <= ${bound.value}`;
}
