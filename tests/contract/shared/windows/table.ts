import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Catalog, type MySqlSource } from '../../../../shared/contracts/catalog';
import type { Reading } from '../../../../shared/contracts/cursor';
import type { Copied } from '../../../../shared/contracts/steps';
import type { Watermark, Window } from '../../../../shared/contracts/window';
import { mysqlCopied } from '../../../../shared/sources/copyOutput';
import { copyRequest } from '../../../../shared/sources/copyRequest';
import { balance, isSealed } from '../../../../shared/windows/account';
import { attemptFolder } from '../../../../shared/windows/paths';
import { nextOfTable } from '../../../support/nextOfTable';
import type { Deployed } from '../../local/adf/deployed';
import type { FactoryStack } from '../../local/adf/stack';

/** What the catalog says of a table, as far as a test says something else than the defaults. */
export interface Declared {
  readonly from?: string;
  readonly cursor: object | null;
  readonly key?: string;
  readonly more?: readonly string[];
  readonly windows?: object;
  readonly readPoint?: object;
  readonly account?: 'etl' | 'shop';
}

export interface Moved {
  readonly window: Window;
  readonly reading: Reading | null;
  readonly copied: Copied;
  readonly rows: Record<string, string | null>[];
}

/**
 * A table as the product reads it: windows planned, copied by the real pipeline and read back from the lake, one run
 * after the other. Only the ledger and the merge are a few lines of this file.
 */
export function table({ stack, db }: Deployed, name: string, declared: Declared) {
  const { cursor, key = 'id', more = [], account = 'etl' } = declared;
  const column = (cursor as { column?: string } | null)?.column;
  const columns = [...new Set([key, ...(column ? [column] : []), ...more])];
  const catalog = Catalog.parse({
    version: '1',
    shop: 'test',
    connections: [{ name: 'db', kind: 'mysql', database: 'shop', secret: account }],
    sources: [
      {
        name,
        kind: 'mysql',
        connection: 'db',
        table: name,
        from: declared.from ?? name,
        cursor,
        windows: declared.windows ?? {},
        readPoint: { safetySeconds: 1, ...declared.readPoint },
      },
    ],
    tables: [{ name, key: [key], columns: columns.map((one) => ({ name: one, type: 'text', pii: 'none' })) }],
    datasets: [],
    schedules: [],
    alerts: { to: ['data@example.com'] },
    limits: {},
  });
  const source = catalog.sources[0] as MySqlSource;
  const places = {
    lakeUrl: stack.lakeUrl,
    vaultUrl: stack.vaultUrl,
    connection: () => ({ host: '127.0.0.1', port: db.port, username: account }),
  };
  const silver = new Map<string, { row: Record<string, string | null>; window: bigint }>();
  let watermark: Watermark | null = null;
  let runs = 0;

  /** Newest cursor wins; a row without one is what a later window says it is. */
  const merge = (row: Record<string, string | null>, window: bigint): void => {
    const held = silver.get(row[key] ?? '');
    const [now, before] = [column ? row[column] : null, column ? held?.row[column] : null];
    const newer = !held || (now && before ? now >= before : window >= held.window);
    if (newer) silver.set(row[key] ?? '', { row, window });
  };

  const copy = async (window: Window): Promise<Moved> => {
    const known = { absent: [], earlier: watermark?.sighting ?? null };
    const { pipeline, parameters } = copyRequest(catalog, window, places, known);
    const ran = await stack.run(pipeline, { ...parameters, runKey: `${name}-${window.number}-${window.run}` });
    if (ran.status !== 'Succeeded') throw new Error(ran.message);
    const copied = mysqlCopied(ran.activities.map((one) => ({ ...one, type: '', input: {}, problem: null })));
    const rows = await landed(stack, window);
    const files = [{ rows: String(rows.length) }];
    const unbalanced = balance(name, copied.account, files, isSealed(source, copied.reading));
    if (unbalanced) throw new Error(unbalanced.why);
    return { window, reading: copied.reading, copied, rows };
  };

  const commit = ({ window, copied, rows }: Moved): void => {
    for (const row of rows) merge(row, BigInt(window.number));
    watermark = {
      source: name,
      cursor: copied.upper ?? watermark?.cursor ?? null,
      window: window.number,
      run: window.run,
      committed: new Date().toISOString(),
      sighting: copied.reading?.sighting ?? null,
    };
  };

  return {
    source,
    /** Rows of silver by key, as the text of one column. */
    silver: (of = column ?? key) => Object.fromEntries([...silver].map(([id, { row }]) => [id, row[of] ?? null])),
    keys: () => [...silver.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
    watermark: () => watermark,
    setWatermark(cursor: string) {
      watermark = { source: name, cursor, window: '0', run: '', committed: '', sighting: null };
    },
    plan(until: string | null): Window {
      runs += until === null ? 1 : 0;
      return nextOfTable({ source: name, run: runs, watermark, until, hasCursor: cursor !== null });
    },
    copy,
    commit,
    /** A whole run: windows until the read point of its start. */
    async run(): Promise<Moved[]> {
      const moved: Moved[] = [];
      for (let until: string | null = null; ; ) {
        const one = await copy(this.plan(until));
        commit(one);
        moved.push(one);
        if (!one.reading || one.reading.complete) return moved;
        until ??= one.reading.readPoint;
      }
    },
  };
}

/** The rows of an attempt, every value as text. */
export async function landed(stack: FactoryStack, window: Window): Promise<Record<string, string | null>[]> {
  const folder = join(stack.state.directory, 'lake/bronze', attemptFolder(window));
  if (!existsSync(folder)) return [];
  const session = await (await DuckDBInstance.create(':memory:')).connect();
  const files = `read_parquet('${join(folder, '*.parquet')}', hive_partitioning = false)`;
  const found = await session.runAndReadAll(`SELECT COLUMNS(c -> c <> '_window')::VARCHAR FROM ${files}`);
  const rows = found.getRowObjectsJson() as Record<string, string | null>[];
  session.closeSync();
  return rows;
}
