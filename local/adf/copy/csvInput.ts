import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import type { Entry } from '../connectors/files';
import type { CsvFormat, Place } from '../connectors/open';
import type { Attempt } from '../engine/activity';
import { ActivityError } from '../engine/failure';

/** A CSV file on this machine that DuckDB can read: UTF-8, plain or gzip. */
export interface CsvInput {
  readonly path: string;
  readonly gzip: boolean;
  /** Names of the header, or `Prop_0`, `Prop_1` and so on where the file has none. */
  readonly columns: string[];
  dispose(): Promise<void>;
}

/** @throws ActivityError when the header has an empty or repeated name */
export async function csvInput(
  place: Place,
  entry: Entry,
  format: CsvFormat,
  { context, signal }: Attempt,
): Promise<CsvInput> {
  const gzip = format.compressionCodec === 'gzip';
  const plain = isUtf8(format.encodingName);
  const direct = plain && place.lake ? place.lake.account.onDisk(place.lake.container, entry.path) : undefined;
  if (direct)
    return {
      path: direct,
      gzip,
      columns: await header(createReadStream(direct), gzip, format, entry),
      dispose: async () => undefined,
    };
  const { scratch } = context.services.duck;
  await mkdir(scratch, { recursive: true });
  const path = join(scratch, `${randomUUID()}.csv`);
  const dispose = () => rm(path, { force: true });
  try {
    const bytes = await place.store.read(entry.path);
    const steps = plain ? [] : [...(gzip ? [createGunzip()] : []), recode(format.encodingName)];
    await pipeline([bytes, ...steps, createWriteStream(path)], { signal });
    const packed = gzip && plain;
    return { path, gzip: packed, columns: await header(createReadStream(path), packed, format, entry), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Names of the columns, without a copy of the file on this machine. */
export async function csvHeader(place: Place, entry: Entry, format: CsvFormat): Promise<string[]> {
  const bytes = await place.store.read(entry.path);
  const gzip = format.compressionCodec === 'gzip';
  if (isUtf8(format.encodingName)) return header(bytes, gzip, format, entry);
  const unpacked = gzip ? bytes.pipe(createGunzip()) : bytes;
  return header(unpacked.pipe(recode(format.encodingName)), false, format, entry);
}

const isUtf8 = (encoding: string): boolean => /^(utf-?8( without bom)?|us-ascii)$/i.test(encoding);

function recode(encoding: string): Transform {
  const decoder = decoderOf(encoding);
  return new Transform({
    transform: (chunk: Buffer, _, done) => done(null, decoder.decode(chunk, { stream: true })),
    flush: (done) => done(null, decoder.decode()),
  });
}

function decoderOf(encoding: string) {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw new ActivityError('BadRequest', `The encoding '${encoding}' is not known here.`, 'UserError', cause);
  }
}

async function header(bytes: Readable, gzip: boolean, format: CsvFormat, { path }: Entry): Promise<string[]> {
  const unpacked = gzip ? bytes.pipe(createGunzip()) : bytes;
  const { columnDelimiter, quoteChar, escapeChar } = format;
  const parser = parse({
    delimiter: columnDelimiter,
    quote: quoteChar || false,
    escape: escapeChar || quoteChar,
    bom: true,
    to: 1,
    relax_quotes: true,
  });
  const failed = (error: Error) => parser.destroy(error);
  bytes.once('error', failed);
  unpacked.once('error', failed);
  unpacked.pipe(parser);
  let first: string[] = [];
  try {
    for await (const row of parser) first = row as string[];
  } finally {
    // The rest of the file is not wanted; what its streams say while they are cut short does not matter.
    for (const stream of [unpacked, bytes]) stream.on('error', () => undefined).destroy();
  }
  if (!format.firstRowAsHeader) return first.map((_, at) => `Prop_${at}`);
  const faulty =
    first.length === 0 ||
    first.some((name, at) => name === '' || first.findIndex((one) => one.toLowerCase() === name.toLowerCase()) !== at);
  if (faulty)
    throw new ActivityError(
      '',
      `The header of '${path}' is empty or has an empty or repeated column name: ${first.join(', ')}`,
    );
  return first;
}
