import type { DuckDBConnection } from '@duckdb/node-api';
import type { CsvFormat, Place } from '../connectors/open';
import { identifier, literal } from '../connectors/sqlText';
import type { CopyProperties, Source } from '../definition/copy';
import type { Attempt } from '../engine/activity';
import { ActivityError } from '../engine/failure';
import { additional } from './additional';
import { type CsvInput, csvInput } from './csvInput';
import type { Moved } from './output';
import { type Selected, selectFiles } from './select';
import { sessionLog } from './sessionLog';
import { type Target, writeParquet } from './target';

type CsvSource = Extract<Source, { type: 'DelimitedTextSource' }>;

/** Reads one delimited text file into one Parquet file, every column as text. */
export async function csvToParquet(
  properties: CopyProperties,
  source: CsvSource,
  from: Place,
  target: Target,
  attempt: Attempt,
): Promise<Moved> {
  if (from.dataset.type !== 'DelimitedText')
    throw new ActivityError('BadRequest', 'A delimited text source needs a delimited text data set.');
  const format = from.dataset.typeProperties;
  const files = await selectFiles(from, source.storeSettings);
  const [file] = files;
  if (!file || files.length > 1)
    throw new ActivityError(
      'BadRequest',
      `A copy of delimited text takes exactly one file here, but ${files.length} fit.`,
    );
  const input = await csvInput(from, file.entry, format, attempt);
  try {
    return await rowsToParquet(input, format, file, { properties, source, target, attempt });
  } catch (error) {
    throw unreadable(error, file.entry.path);
  } finally {
    await input.dispose();
  }
}

interface Work {
  readonly properties: CopyProperties;
  readonly source: CsvSource;
  readonly target: Target;
  readonly attempt: Attempt;
}

async function rowsToParquet(
  input: CsvInput,
  format: CsvFormat,
  { entry, relative }: Selected,
  { properties, source, target, attempt }: Work,
): Promise<Moved> {
  const skip = properties.enableSkipIncompatibleRow;
  return attempt.context.services.duck.session(attempt.signal, async (session) => {
    const extra = additional(source.additionalColumns, input.columns, relative);
    const query = `SELECT *${extra} FROM ${reader(input, format, skip)}`;
    const columns = [...input.columns, ...source.additionalColumns.map(({ name }) => name)];
    const { rows, bytes } = await writeParquet(session, { query, columns }, target, attempt);
    const rejected = skip ? await rejects(session) : [];
    const log = properties.logSettings;
    const logFilePath = log && (await sessionLog(log, rejected, relative, attempt));
    return {
      dataRead: entry.size,
      dataWritten: bytes,
      filesRead: 1,
      filesWritten: 1,
      rowsRead: rows + rejected.length,
      rowsCopied: rows,
      rowsSkipped: rejected.length,
      ...(logFilePath === undefined ? {} : { logFilePath }),
    };
  });
}

function reader({ path, columns }: CsvInput, format: CsvFormat, skip: boolean): string {
  const struct = columns.map((name) => `${identifier(name)}: 'VARCHAR'`).join(', ');
  const options = [
    literal(path),
    'auto_detect = false',
    `header = ${format.firstRowAsHeader}`,
    `columns = {${struct}}`,
    `delim = ${literal(format.columnDelimiter)}`,
    `quote = ${literal(format.quoteChar)}`,
    `escape = ${literal(format.quoteChar === '' ? '' : format.escapeChar)}`,
    `nullstr = ${literal(format.nullValue)}`,
    `compression = 'none'`,
    'strict_mode = true',
    'null_padding = false',
    ...(skip ? ['store_rejects = true'] : []),
  ];
  return `read_csv(${options.join(', ')})`;
}

/** A row that was left out: its number counting the header, what is wrong with it, and its raw text. */
export interface Rejected {
  readonly line: string;
  readonly reason: string;
  readonly raw: string;
}

/** The engine notes one error a surplus column; a row counts once. */
async function rejects(session: DuckDBConnection): Promise<Rejected[]> {
  const found = await session.runAndReadAll(
    'SELECT CAST(line AS VARCHAR), min(error_message), any_value(csv_line) FROM reject_errors GROUP BY line ORDER BY reject_errors.line',
  );
  return found
    .getRowsJson()
    .map(([line, reason, raw]) => ({ line: String(line), reason: String(reason), raw: String(raw ?? '') }));
}

function unreadable(error: unknown, path: string): unknown {
  const found = /CSV Error on Line: (\d+)\s*(?:Original Line: ([\s\S]*?)\n)?(.*)/.exec((error as Error).message);
  if (!found) return error;
  const [, line, raw = '', reason = ''] = found;
  return new ActivityError(
    '',
    `The file '${path}' cannot be read at line ${line}: ${reason.trim()}. The line is: ${raw.slice(0, 500)}`,
    'UserError',
    error,
  );
}
