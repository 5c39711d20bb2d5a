import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Entry } from '../connectors/files';
import type { CsvFormat, Place } from '../connectors/open';
import type { Attempt } from '../engine/activity';
import { csvHeader } from './csvHeader';
import { csvText, isUtf8 } from './csvText';
import { evenLines } from './evenLines';

/** A CSV file on this machine that DuckDB can read: plain UTF-8 whose rows all end alike. */
export interface CsvInput {
  readonly path: string;
  readonly columns: string[];
  dispose(): Promise<void>;
}

/** Where the file lies when it can be read there, else a copy of it. */
export async function csvInput(place: Place, entry: Entry, format: CsvFormat, attempt: Attempt): Promise<CsvInput> {
  const plain = isUtf8(format.encodingName) && format.compressionCodec === 'none';
  const direct = plain ? place.lake?.account.onDisk(place.lake.container, entry.path) : undefined;
  if (direct === undefined || (await holdsCr(direct))) return csvCopy(place, entry, format, attempt);
  const columns = await csvColumns(place, entry, format, attempt);
  return { path: direct, columns, dispose: async () => undefined };
}

/** DuckDB drops rows in silence where \r\n and \n stand in one file; the service takes both. */
async function holdsCr(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path)) if ((chunk as Buffer).includes(0x0d)) return true;
  return false;
}

async function csvCopy(place: Place, entry: Entry, format: CsvFormat, attempt: Attempt): Promise<CsvInput> {
  const { scratch } = attempt.context.services.duck;
  await mkdir(scratch, { recursive: true });
  const path = join(scratch, `${randomUUID()}.csv`);
  const dispose = () => rm(path, { force: true });
  try {
    const source = await csvText(place, entry, format, attempt);
    const even = evenLines(format.quoteChar, format.escapeChar, format.columnDelimiter);
    await pipeline([source.text, even, createWriteStream(path)], { signal: attempt.signal }).finally(source.dispose);
    return { path, columns: await csvHeader(createReadStream(path), format, entry.path), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Names of the columns, without a copy of the file. */
export async function csvColumns(place: Place, entry: Entry, format: CsvFormat, attempt: Attempt): Promise<string[]> {
  const { text, dispose } = await csvText(place, entry, format, attempt);
  return csvHeader(text, format, entry.path).finally(dispose);
}
