import type { MySqlSource, Table } from '../../contracts/catalog';
import type { SourceCursor } from '../../contracts/cursor';
import { boundOf } from './bound';
import { dialects } from './dialect';
import { selectList } from './select';
import { quoted, text } from './text';

type Column = Table['columns'][number];

/** A table whose rows are held against silver, up to where silver has them. */
export interface Content {
  readonly source: MySqlSource;
  readonly cursor: SourceCursor;
  readonly table: Table;
  readonly database: string;
  /** Declared columns that the source is known not to have. */
  readonly absent: readonly string[];
  /** The watermark: later rows are in no silver yet. */
  readonly upTo: string;
}

/**
 * One row a bucket of the live rows up to the watermark: how many they are, and the sum of their digests, whatever their
 * order. `notebooks/pipeline/content.py` computes the same of silver. The pipeline adds a condition that is true.
 */
export function sumsQuery(content: Content): string {
  const { table } = content;
  const named = table.columns.filter(({ pii }) => pii !== 'direct');
  const digest = `CAST(CONV(LEFT(SHA2(${rowText(content, named)}, 256), 15), 16, 10) AS DECIMAL(20,0))`;
  return (
    `SELECT ${bucket(content)} AS _bucket, CAST(COUNT(*) AS CHAR) AS _rows, CAST(SUM(${digest}) AS CHAR) AS _digest ` +
    `FROM ${from(content)} WHERE ${live(content)} AND ${reached(content)} GROUP BY _bucket HAVING TRUE`
  );
}

/** The rows of some buckets as a window reads them; each also says whether it has moved on since the watermark. */
export function rowsQuery(content: Content, buckets: readonly string[]): string {
  const { source, table, absent } = content;
  const chosen = buckets.map(text).join(', ');
  return (
    `SELECT ${selectList(source, table, absent)}, IF(${reached(content)}, '0', '1') AS _moved, ` +
    `CAST(COUNT(*) OVER () AS CHAR) AS _listed FROM ${from(content)} WHERE ${bucket(content)} IN (${chosen})`
  );
}

/** Nothing is counted beforehand: the rows of both queries speak for themselves. */
export const ONE_PART = "SELECT '0' AS part, 'TRUE' AS within, '0' AS row_count";

const from = ({ database, source }: Content): string => `${quoted(database)}.${quoted(source.from)}`;

/** Three hexadecimal digits of a hash of the key: 4,096 buckets. */
function bucket(content: Content): string {
  const { key, columns } = content.table;
  const parts = key.flatMap((name) => columns.filter((column) => column.name === name));
  return `LEFT(SHA2(${rowText(content, parts)}, 256), 3)`;
}

/** A `|` between columns and two within; NULL is `-`, and what is not NULL begins with `=`. */
const rowText = (content: Content, columns: readonly Column[]): string =>
  `CONCAT_WS('|', ${columns.map((column) => `COALESCE(CONCAT('=', REPLACE(${canonical(content, column)}, '|', '||')), '-')`).join(', ')})`;

/** A value as the one text that a server and Spark both print it with. */
function canonical({ absent }: Content, { name, type }: Column): string {
  const column = quoted(name);
  const utf8 = (value: string) => `CAST(${value} AS CHAR CHARACTER SET utf8mb4)`;
  if (absent.includes(name)) return 'NULL';
  if (type === 'integer' || type === 'bigint') return utf8(`CAST(${column} AS DECIMAL(38,0))`);
  if (type === 'double') return utf8(`CAST(${column} AS DECIMAL(38,15))`);
  if (type.startsWith('decimal')) return utf8(`CAST(${column} AS ${type})`);
  if (type === 'boolean') return `IF(${column} IS NULL, NULL, IF(${isTrue(column)}, '1', '0'))`;
  if (type === 'timestamp') return `DATE_FORMAT(${column}, '%Y-%m-%d %H:%i:%s.%f')`;
  if (type === 'date') return `DATE_FORMAT(${column}, '%Y-%m-%d')`;
  return utf8(column);
}

const isTrue = (column: string): string =>
  `(${column} + 0 <> 0 OR LOWER(CAST(${column} AS CHAR)) IN ('true', 't', 'yes', 'y'))`;

/** Condition of rows that do not say that they are deleted. */
function live({ table, absent }: Content): string {
  const deleted = table.columns.find(({ name }) => name === table.deleted?.column);
  if (!deleted || absent.includes(deleted.name)) return 'TRUE';
  const column = quoted(deleted.name);
  return deleted.type === 'boolean' ? `NOT COALESCE(${isTrue(column)}, FALSE)` : `${column} IS NULL`;
}

/**
 * Condition of rows up to the watermark. What has no cursor is read anew by every run, and what ties with a bound that a
 * tie-breaker cut is read in part: neither is held against anything.
 */
function reached({ source, cursor, upTo }: Content): string {
  const { value, tie } = boundOf(source, cursor, upTo);
  const literal = cursor.kind === 'integer' ? value : text(value);
  const below = `${quoted(cursor.column)} ${tie === null ? '<=' : '<'} ${literal}`;
  return `COALESCE(NOT ${dialects[cursor.kind].bare(cursor.column)} AND ${below}, FALSE)`;
}
