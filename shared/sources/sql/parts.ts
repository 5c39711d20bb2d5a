import type { MySqlSource, Table } from '../../contracts/catalog';
import { selectList } from './select';
import { quoted, text } from './text';

/** Stands for the condition of the window, which the pipeline puts in its place. */
const SPAN = '{span}';

const asText = (value: string, name: string): string => `CAST(${value} AS CHAR) AS ${name}`;

/**
 * The query that counts a window's rows, one row a copy: its number, the condition of its rows (by ranges of the key,
 * which no row leaves while it is copied), and how many they are. Without rows there is no copy. `{span}` is the window.
 */
export function countQuery(source: MySqlSource, table: Table, database: string): string {
  const rows = `${quoted(database)}.${quoted(source.from)} WHERE ${SPAN}`;
  const { copies } = source.windows;
  const [key] = table.key;
  if (copies === 1 || key === undefined) {
    return `SELECT '0' AS part, 'TRUE' AS within, ${asText('COUNT(*)', 'row_count')} FROM ${rows} HAVING COUNT(*) > 0`;
  }
  const column = quoted(key);
  const tiles = `SELECT ${column} AS k, NTILE(${copies}) OVER (ORDER BY ${column}) AS n FROM ${rows} AND ${column} IS NOT NULL`;
  const ends = `SELECT n, MAX(k) AS last, COUNT(*) AS c FROM (${tiles}) t GROUP BY n`;
  const ranges = `SELECT n, c, last, LAG(last) OVER (ORDER BY n) AS before_it, LEAD(n) OVER (ORDER BY n) AS after_it FROM (${ends}) e`;
  const low = `IF(before_it IS NULL, ${text(`${column} IS NOT NULL`)}, CONCAT(${text(`${column} > `)}, QUOTE(before_it)))`;
  const high = `IF(after_it IS NULL, 'TRUE', CONCAT(${text(`${column} <= `)}, QUOTE(last)))`;
  const none = `SELECT 'none' AS part, ${text(`${column} IS NULL`)} AS within, ${asText('COUNT(*)', 'row_count')} FROM ${rows} AND ${column} IS NULL HAVING COUNT(*) > 0`;
  return `SELECT ${asText('n - 1', 'part')}, CONCAT('(', ${low}, ' AND ', ${high}, ')') AS within, ${asText('c', 'row_count')} FROM (${ranges}) r UNION ALL ${none}`;
}

/** The query that reads a window's rows; the pipeline adds the condition of each copy. */
export const copyQuery = (source: MySqlSource, table: Table, database: string, absent: readonly string[]): string =>
  `SELECT ${selectList(source, table, absent)} FROM ${quoted(database)}.${quoted(source.from)} WHERE ${SPAN}`;

/**
 * The query that lists keys; each row also says how many there are in its copy, in the snapshot of this very statement,
 * so that a list that was cut short shows it.
 */
export const listQuery = (source: MySqlSource, table: Table, database: string): string =>
  `SELECT ${selectList(source, table, [])}, ${asText('COUNT(*) OVER ()', '_listed')} FROM ${quoted(database)}.${quoted(source.from)} WHERE ${SPAN}`;

/** The same queries of a table that is read whole. */
export const whole = <Q extends Record<string, string>>(queries: Q): Q =>
  Object.fromEntries(Object.entries(queries).map(([name, query]) => [name, query.replaceAll(SPAN, 'TRUE')])) as Q;
