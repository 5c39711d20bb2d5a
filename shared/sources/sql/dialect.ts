import type { SourceCursor } from '../../contracts/cursor';
import { quoted } from './text';

const MICROSECONDS = "'%Y-%m-%d %H:%i:%s.%f'";
const DAYS = "'%Y-%m-%d'";

/** How a kind of cursor is compared, printed and counted back, as SQL. */
export interface Dialect {
  /** A text as a value of the kind, for comparing two bounds. */
  readonly typed: (text: string) => string;
  /** A value of the kind as text, always of the same form. */
  readonly printed: (value: string) => string;
  /** A bound, in SQL text, as the literal that stands in a condition. */
  readonly literal: (text: string) => string;
  /** Condition of a row without a cursor: NULL, and for times the zero date, which is older than every bound. */
  readonly bare: (column: string) => string;
}

const temporal = (type: string, format: string): Dialect => ({
  typed: (text) => `CAST(${text} AS ${type})`,
  printed: (value) => `DATE_FORMAT(${value}, ${format})`,
  literal: (text) => `QUOTE(${text})`,
  bare: (column) => `(${quoted(column)} IS NULL OR ${quoted(column)} = 0)`,
});

export const dialects: Record<SourceCursor['kind'], Dialect> = {
  timestamp: temporal('DATETIME(6)', MICROSECONDS),
  date: temporal('DATE', DAYS),
  integer: {
    typed: (text) => `CAST(${text} AS DECIMAL(30,0))`,
    printed: (value) => `CAST(${value} AS CHAR)`,
    literal: (text) => text,
    bare: (column) => `(${quoted(column)} IS NULL)`,
  },
};

/** The server's clock in UTC as text that sorts. */
export const utcText = (value: string): string => `DATE_FORMAT(${value}, ${MICROSECONDS})`;
