import { randomUUID } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
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

/**
 * Writes what a query gives as one Parquet file: first beside the lake, then with one rename into it, so that nobody
 * ever reads half a file.
 */
export async function writeParquet(
  duck: DuckDBConnection,
  query: string,
  target: Target,
  attempt: Attempt,
): Promise<{ rows: number; bytes: number }> {
  if (target.dataset.type !== 'Parquet')
    throw new ActivityError('BadRequest', 'A Parquet sink needs a Parquet data set.');
  const codec = target.dataset.typeProperties.compressionCodec;
  const compression = codec === 'none' ? 'uncompressed' : codec;
  const options = `FORMAT parquet, COMPRESSION ${compression}, ROW_GROUP_SIZE ${ROW_GROUP_ROWS}`;
  return write(duck, query, options, target, '.parquet', attempt);
}

/** Writes what a query gives as one file in the form that DuckDB's COPY options name. */
export async function write(
  duck: DuckDBConnection,
  query: string,
  options: string,
  target: Target,
  extension: string,
  attempt: Attempt,
): Promise<{ rows: number; bytes: number }> {
  const { scratch } = attempt.context.services.duck;
  await mkdir(scratch, { recursive: true });
  const fresh = join(scratch, `${randomUUID()}${extension}`);
  try {
    const done = await duck.run(`COPY (${query}) TO ${literal(fresh)} (${options})`);
    const [[rows = 0] = []] = await done.getRowsJson();
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
