import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Place, pathOf } from '../connectors/open';
import { literal } from '../connectors/sqlText';
import type { Attempt } from '../engine/activity';
import { ActivityError } from '../engine/failure';

/** A place in the lake to write to. */
export type Target = Place & { lake: NonNullable<Place['lake']> };

/**
 * Rows of one Parquet row group. While a group is compressed nothing is read, and the source waits as soon as the
 * socket's buffers are full: groups that fit into them keep it sending (and memory flat). See bench/README.md.
 */
const ROW_GROUP_ROWS = 20_480;

/** White space is among it, though the service's error does not name it. https://learn.microsoft.com/azure/data-factory/format-parquet */
const NOT_IN_PARQUET = /[\s,;{}()=]/;

/** A query, and what the columns of its answer are called. */
export interface Rows {
  readonly query: string;
  readonly columns: readonly string[];
}

/**
 * Writes what a query gives as one Parquet file: first beside the lake, then with one rename into it, so that nobody
 * ever reads half a file.
 * @throws ActivityError when a column bears a name that the service's Parquet does not take
 */
export async function writeParquet(
  duck: DuckDBConnection,
  { query, columns }: Rows,
  target: Target,
  attempt: Attempt,
): Promise<{ rows: number; bytes: number }> {
  const odd = columns.find((name) => NOT_IN_PARQUET.test(name));
  if (odd !== undefined)
    throw new ActivityError(
      '',
      `ErrorCode=ParquetInvalidColumnName,The column name is invalid. Column name cannot contain these character:[,;{}()\\n\\t=]. It is ${JSON.stringify(odd)}.`,
    );
  if (target.dataset.type !== 'Parquet')
    throw new ActivityError('BadRequest', 'A Parquet sink needs a Parquet data set.');
  const codec = target.dataset.typeProperties.compressionCodec;
  const compression = codec === 'none' ? 'uncompressed' : codec;
  const options = `FORMAT parquet, COMPRESSION ${compression}, ROW_GROUP_SIZE ${ROW_GROUP_ROWS}`;
  return write(duck, query, { options, extension: '.parquet' }, target, attempt);
}

/** How a file is written. */
export interface Form {
  /** Of DuckDB's COPY. */
  readonly options: string;
  readonly extension: string;
  /** Bytes that stand before everything else. */
  readonly head?: Buffer;
}

/** Writes what a query gives as one file. */
export async function write(
  duck: DuckDBConnection,
  query: string,
  { options, extension, head }: Form,
  target: Target,
  attempt: Attempt,
): Promise<{ rows: number; bytes: number }> {
  const { scratch } = attempt.context.services.duck;
  await mkdir(scratch, { recursive: true });
  const fresh = join(scratch, `${randomUUID()}${extension}`);
  try {
    const done = await duck.run(`COPY (${query}) TO ${literal(fresh)} (${options})`);
    const [[rows = 0] = []] = await done.getRowsJson();
    if (head) await prepend(head, fresh);
    attempt.signal.throwIfAborted();
    const { size } = await stat(fresh);
    const name =
      target.file === '' ? `data_${attempt.context.run.runId}_${attempt.activityRunId}${extension}` : target.file;
    await target.lake.account.publish(fresh, target.lake.container, pathOf(target, name));
    return { rows: Number(rows), bytes: size };
  } finally {
    await rm(fresh, { force: true });
  }
}

async function prepend(head: Buffer, path: string): Promise<void> {
  const whole = `${path}.whole`;
  await writeFile(whole, head);
  await pipeline(createReadStream(path), createWriteStream(whole, { flags: 'a' }));
  await rename(whole, path);
}
