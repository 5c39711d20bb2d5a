import { exits, Fault } from './fault';

export const formats = ['table', 'json', 'csv'] as const;
export type Format = (typeof formats)[number];

/** One column of a list: its title and how a row fills it. */
export type Columns<Row> = readonly (readonly [title: string, cell: (row: Row) => string])[];

/** The format that was asked for. @throws Fault when there is no such format */
export function formatOf(text: string): Format {
  const found = formats.find((format) => format === text);
  if (found !== undefined) return found;
  throw new Fault(exits.usage, 'USAGE', `There is no output ${text}.`, `Use --output ${formats.join('|')}.`);
}

/** Writes a list to standard output: aligned for people, or as JSON or CSV for programs. */
export function printList<Row>(format: Format, rows: readonly Row[], columns: Columns<Row>): void {
  process.stdout.write(renderList(format, rows, columns));
}

export function renderList<Row>(format: Format, rows: readonly Row[], columns: Columns<Row>): string {
  if (format === 'json') return `${JSON.stringify(rows, null, 2)}\n`;
  const titles = columns.map(([title]) => title);
  const plain = format === 'table' ? visible : (text: string) => text;
  const cells = rows.map((row) => columns.map(([, cell]) => plain(cell(row))));
  if (format === 'csv') return [titles, ...cells].map((line) => `${line.map(csvCell).join(',')}\n`).join('');
  if (rows.length === 0) return 'Nothing to show.\n';
  const widths = titles.map((title, at) => Math.max(title.length, ...cells.map((line) => line[at]?.length ?? 0)));
  const line = (parts: readonly string[]) => parts.map((part, at) => part.padEnd(widths[at] ?? 0)).join('  ');
  return [titles.map((title) => title.toUpperCase()), ...cells].map((parts) => `${line(parts).trimEnd()}\n`).join('');
}

/** What cannot be seen is written as its code: a name that somebody sent must not draw on the terminal. */
const visible = (text: string): string =>
  text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);

const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
