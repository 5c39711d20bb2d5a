import { gzipSync } from 'node:zlib';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Place } from '../connectors/open';
import { literal } from '../connectors/sqlText';
import type { Sink, Source } from '../definition/copy';
import type { Attempt } from '../engine/activity';
import { ActivityError } from '../engine/failure';
import { additional } from './additional';
import { localFile } from './localFile';
import type { Moved } from './output';
import { selectFiles } from './select';
import { type Form, type Target, write, writeParquet } from './target';

type ParquetSource = Extract<Source, { type: 'ParquetSource' }>;
type TabularSink = Extract<Sink, { type: 'ParquetSink' | 'DelimitedTextSink' }>;

/** Writes Parquet files as one file of delimited text or Parquet; the order of the rows is kept. */
export async function parquetTo(
  source: ParquetSource,
  sink: TabularSink,
  from: Place,
  target: Target,
  attempt: Attempt,
): Promise<Moved> {
  const files = await selectFiles(from, source.storeSettings);
  if (files.length === 0) throw new ActivityError('', `There is no file to read in '${from.folder}'.`);
  const local = await Promise.all(files.map(({ entry }) => localFile(from, entry, attempt)));
  try {
    const extra = additional(source.additionalColumns, [], files.length === 1 ? files[0]?.relative : undefined);
    const paths = local.map(({ path }) => literal(path)).join(', ');
    const query = `SELECT *${extra} FROM read_parquet([${paths}])`;
    const { rows, bytes } = await attempt.context.services.duck.session(attempt.signal, async (session) =>
      sink.type === 'ParquetSink'
        ? writeParquet(session, { query, columns: await columnsOf(session, query) }, target, attempt)
        : write(session, query, csvForm(target, sink), target, attempt),
    );
    const dataRead = files.reduce((sum, { entry }) => sum + entry.size, 0);
    return { dataRead, dataWritten: bytes, filesRead: files.length, filesWritten: 1, rowsRead: rows, rowsCopied: rows };
  } finally {
    await Promise.all(local.map((file) => file.dispose()));
  }
}

async function columnsOf(session: DuckDBConnection, query: string): Promise<string[]> {
  return (await session.runAndReadAll(`DESCRIBE ${query}`)).getRowsJson().map(([name]) => String(name));
}

/** The mark of UTF-8, which the service writes unless the encoding is named "UTF-8 without BOM". */
const MARK = Buffer.from('\uFEFF');

function csvForm({ dataset }: Target, sink: Extract<Sink, { type: 'DelimitedTextSink' }>): Form {
  if (dataset.type !== 'DelimitedText')
    throw new ActivityError('BadRequest', 'A delimited text sink needs a delimited text data set.');
  const {
    columnDelimiter,
    quoteChar,
    escapeChar,
    firstRowAsHeader,
    nullValue,
    encodingName,
    compressionCodec,
    rowDelimiter,
  } = dataset.typeProperties;
  if (!/^utf-?8( without bom)?$/i.test(encodingName))
    throw new ActivityError('BadRequest', `Writing '${encodingName}' is not imitated here: use UTF-8.`);
  if (rowDelimiter === '\r\n')
    throw new ActivityError('BadRequest', 'Writing \\r\\n is not imitated here: set rowDelimiter to \\n.');
  if (compressionCodec === 'ZipDeflate')
    throw new ActivityError('BadRequest', 'Writing a zip archive is not imitated here: use gzip or none.');
  const options = [
    'FORMAT csv',
    `HEADER ${firstRowAsHeader}`,
    `DELIMITER ${literal(columnDelimiter)}`,
    `QUOTE ${literal(quoteChar)}`,
    `ESCAPE ${literal(escapeChar)}`,
    `NULLSTR ${literal(nullValue)}`,
    `COMPRESSION ${compressionCodec}`,
    ...(sink.formatSettings.quoteAllText ? ['FORCE_QUOTE *'] : []),
  ].join(', ');
  const form = { options, extension: sink.formatSettings.fileExtension };
  if (/without bom$/i.test(encodingName)) return form;
  // Members of a gzip file are unpacked one after the other.
  return { ...form, head: compressionCodec === 'gzip' ? gzipSync(MARK) : MARK };
}
