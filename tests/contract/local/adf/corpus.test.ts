import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codecOf, packingOf } from '../../../../shared/files/packing';
import { corpus, type Sample } from '../../../support/corpus';
import { sessionLogs } from '../../../support/sessionLog';
import { type Ended, type FactoryStack, factoryStack } from './stack';

let stack: FactoryStack;

beforeAll(async () => {
  stack = await factoryStack();
  await stack.deploy();
}, 120_000);
afterAll(() => stack?.dispose());

const inLake = (path: string) => join(stack.state.directory, 'lake', path);
const duck = async (query: string) => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const rows = await connection.runAndReadAll(query);
  connection.closeSync();
  return { columns: rows.columnNames(), rows: rows.getRowsJson() };
};

/** Copies one file as the product asks for it. */
async function copied({ bytes, name, format }: Sample, nth: number): Promise<Ended> {
  const folder = `_raw/s/${nth}`;
  await mkdir(dirname(inLake(`bronze/${folder}/${name}`)), { recursive: true });
  await writeFile(inLake(`bronze/${folder}/${name}`), bytes);
  const { compression: _, ...rest } = format;
  const file = {
    folder,
    name,
    file: name,
    sha256: String(nth),
    compression: codecOf[packingOf(format, name)],
    part: 0,
  };
  return stack.run('copy_landed_files', {
    ...rest,
    source: 's',
    files: [file],
    lakeUrl: stack.lakeUrl,
    folder: `out/${nth}`,
    window: '1',
    runKey: `k${nth}`,
  });
}

async function logged(folder: string): Promise<[number, string][]> {
  return (await sessionLogs(inLake(folder))).map(([, , , message]) => {
    const [, line = '', why = ''] = / with row number (\d+): (.*)/.exec(message) ?? [];
    return [Number(line), why];
  });
}

const readable = corpus.filter(({ expect: wanted }) => wanted !== 'empty' && 'rows' in wanted);

describe('a file of the corpus that its inspection lets pass', () => {
  test.each(readable.map((one, nth) => [one.what, one, nth] as const))('%s', async (_what, one, nth) => {
    const wanted = one.expect as Extract<Sample['expect'], { rows: unknown }>;
    const ran = await copied(one, nth);
    expect(ran.message).toBe('');
    const { columns, rows } = await duck(`SELECT * FROM read_parquet('${inLake(`bronze/out/${nth}/part-0.parquet`)}')`);
    expect(columns).toEqual([...wanted.columns, '_window', '_file']);
    expect(rows.map((row) => row.slice(0, -2))).toEqual(wanted.rows);
    const { rowsRead, rowsCopied, rowsSkipped, logFilePath } =
      ran.activities.find((a) => a.name === 'Copy file')?.output ?? {};
    expect([rowsRead, rowsCopied, rowsSkipped]).toEqual([
      wanted.rows.length + wanted.rejected.length,
      wanted.rows.length,
      wanted.rejected.length,
    ]);
    const log = await logged(logFilePath);
    expect(log.map(([line]) => line)).toEqual(wanted.rejected.map(([line]) => line));
    for (const [at, [, why]] of wanted.rejected.entries()) expect(log[at]?.[1]).toMatch(why);
  });
});
