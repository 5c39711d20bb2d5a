import type { Described } from '../connectors/mysql';
import { identifier } from '../connectors/sqlText';
import { ActivityError } from '../engine/failure';

const BIT = 16;
const NEW_DECIMAL = 246;
const BINARY_CHARSET = 63;
/** DuckDB's widest decimal. */
const WIDEST = 38;

/** Digits of a decimal, from the width in which the server would print it. */
const precision = ({ length, decimals, unsigned }: Described): number =>
  length - (decimals > 0 ? 1 : 0) - (unsigned ? 0 : 1);

const isWideDecimal = (column: Described): boolean => column.type === NEW_DECIMAL && precision(column) > WIDEST;

/**
 * The query to send. Decimals of more than 38 digits, which Parquet cannot hold, are turned into text by the server;
 * otherwise the query goes out as it came.
 */
export function sourceQuery(query: string, columns: Described[]): string {
  const twice = columns.find(
    ({ name }, at) => columns.findIndex((one) => one.name.toLowerCase() === name.toLowerCase()) !== at,
  );
  if (twice)
    throw new ActivityError('', `The query gives two columns called '${twice.name}'; give one of them another name.`);
  if (!columns.some(isWideDecimal)) return query;
  const quoted = (name: string) => `\`${name.replaceAll('`', '``')}\``;
  const list = columns.map((column) =>
    isWideDecimal(column) ? `CAST(${quoted(column.name)} AS CHAR) AS ${quoted(column.name)}` : quoted(column.name),
  );
  return `SELECT ${list.join(', ')} FROM (${query}) AS q`;
}

/**
 * How each column of the answer is written to Parquet. Integers keep width and sign, decimals and µs timestamps are
 * exact, BIT becomes an unsigned integer; DATETIME, TIMESTAMP (as UTC) and DATE stay such, with NULL where the server
 * holds a zero or incomplete date; TIME, ENUM, SET, JSON, UUID and every text become text; binary columns stay bytes.
 * @param types DuckDB's own type of each column: with a `_bin` collation it takes text for bytes
 */
export function parquetColumns(columns: Described[], types: string[]): string {
  return columns
    .map((column, at) => {
      const name = identifier(column.name);
      if (types[at] !== 'BLOB') return name;
      if (column.type === BIT) return `CAST('0x' || hex(${name}) AS UBIGINT) AS ${name}`;
      return column.charset === BINARY_CHARSET ? name : `decode(${name}) AS ${name}`;
    })
    .join(', ');
}
