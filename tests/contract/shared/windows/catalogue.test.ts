import fc from 'fast-check';
import type { Connection } from 'mysql2/promise';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalState, localState } from '../../../support/local';
import { type Database, database } from '../../local/adf/stack';
import { clockedTable } from './clocked';

let state: LocalState;
let db: Database;
let writer: Connection;
let reader: Connection;

beforeAll(async () => {
  state = await localState();
  db = await database(state.directory);
  writer = await db.connect();
  await writer.query("SET sql_mode = ''");
  const at = { host: '127.0.0.1', port: db.port, database: 'shop' };
  reader = await createConnection({ ...at, user: 'etl', password: db.password, dateStrings: true });
}, 120_000);
afterAll(async () => {
  await Promise.all([writer?.end(), reader?.end()]);
  await db?.stop();
  await state?.dispose();
});

/** A kind of cursor: its column, and how the n-th step of its history is written. */
interface Kind {
  readonly type: string;
  readonly cursor: object;
  readonly at: (step: number) => string;
  /** A row without a cursor beside NULL, where the kind knows one. */
  readonly zero?: string;
  /** Steps that lie behind the read point at 2026-06-01 00:00:00. */
  readonly future: string;
  readonly old: string;
}

const instant = (step: number, digits: number): string => {
  const unit = 10 ** (6 - digits);
  const [whole, micros] = [Math.floor((step * unit) / 1_000_000), (step * unit) % 1_000_000];
  const seconds = new Date(Date.UTC(2026, 0, 1) + whole * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return digits === 0 ? `'${seconds}'` : `'${seconds}.${String(micros).padStart(6, '0').slice(0, digits)}'`;
};
const timestamp = (type: string, digits: number): Kind => ({
  type,
  cursor: { column: 'c' },
  at: (step) => instant(step, digits),
  zero: "'0000-00-00 00:00:00'",
  future: "'2026-06-01 00:00:00'",
  old: type.startsWith('TIMESTAMP') ? "'1970-01-01 00:00:01'" : "'0999-12-31 23:59:59'",
});

const KINDS: Record<string, Kind> = {
  'DATETIME of seconds': timestamp('DATETIME', 0),
  'DATETIME of milliseconds': timestamp('DATETIME(3)', 3),
  'DATETIME of microseconds': timestamp('DATETIME(6)', 6),
  'TIMESTAMP of microseconds': timestamp('TIMESTAMP(6) NULL DEFAULT NULL', 6),
  'timestamp and key': { ...timestamp('DATETIME(6)', 6), cursor: { column: 'c', tieBreaker: 'id' } },
  DATE: {
    type: 'DATE',
    cursor: { column: 'c', kind: 'date' },
    at: (step) => `'${new Date(Date.UTC(2026, 0, 1 + step)).toISOString().slice(0, 10)}'`,
    zero: "'0000-00-00'",
    future: "'2026-06-01'",
    old: "'0999-12-31'",
  },
  BIGINT: {
    type: 'BIGINT',
    cursor: { column: 'c', kind: 'integer' },
    at: (step) => String(9007199254740990n + BigInt(step)),
    future: '',
    old: '-9223372036854775808',
  },
  'BIGINT UNSIGNED': {
    type: 'BIGINT UNSIGNED',
    cursor: { column: 'c', kind: 'integer' },
    at: (step) => String(18446744073709551500n + BigInt(step)),
    future: '',
    old: '0',
  },
};

/** Which steps the rows of a table carry. */
const ROWS: Record<string, (kind: Kind) => string[]> = {
  'no row': () => [],
  'one row': ({ at }) => [at(7)],
  'rows of one cursor': ({ at }) => Array.from({ length: 9 }, () => at(7)),
  'rows in order': ({ at }) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map(at),
  'rows in reverse': ({ at }) => [9, 8, 7, 6, 5, 4, 3, 2, 1].map(at),
  'rows at random with ties': ({ at }) => [5, 3, 9, 3, 1, 5, 5, 8, 2, 3, 9].map(at),
  'rows without a cursor': ({ at }) => [at(1), 'NULL', at(3), 'NULL'],
  'zero dates': ({ at, zero }) => [at(1), zero ?? 'NULL', at(3), zero ?? 'NULL'],
  'a row from before every age': ({ at, old }) => [old, at(2), at(4)],
};

const NOW = '2026-06-01 00:00:00';
const LATER = '2026-06-02 00:00:00';
let nth = 0;

const create = async (kind: Kind, rows: readonly string[]): Promise<string> => {
  nth += 1;
  await writer.query(`CREATE TABLE t${nth} (id INT PRIMARY KEY AUTO_INCREMENT, c ${kind.type}, KEY (c))`);
  await insert(`t${nth}`, rows);
  return `t${nth}`;
};
const insert = async (name: string, rows: readonly string[]): Promise<void> => {
  if (rows.length > 0) await writer.query(`INSERT INTO ${name} (c) VALUES ${rows.map((row) => `(${row})`).join(', ')}`);
};
const each = (count: number, times = 1) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [String(at + 1), times]));

const cases = Object.entries(KINDS).flatMap(([kind]) => Object.keys(ROWS).map((rows) => [kind, rows] as const));

describe.each(cases)('%s, %s', (kindName, rowsName) => {
  const kind = KINDS[kindName] as Kind;
  const rows = (ROWS[rowsName] as (kind: Kind) => string[])(kind);
  const bare = rows.filter((row) => row === 'NULL' || row === kind.zero).length;

  test('a first run reads each row once', async () => {
    const table = clockedTable(reader, await create(kind, rows), kind.cursor);
    await table.run(NOW);
    expect(table.seen()).toEqual(each(rows.length));
  });

  test('windows of two rows and parallel copies read each row once, and end', async () => {
    const table = clockedTable(reader, await create(kind, rows), kind.cursor, { maxRows: 2, copies: 3 });
    const taken = await table.run(NOW);
    expect(table.seen()).toEqual(each(rows.length));
    expect(taken.at(-1)?.reading.complete).toBe(true);
  });

  test('a second run reads what came since, and again only the rows without a cursor', async () => {
    const name = await create(kind, rows);
    const table = clockedTable(reader, name, kind.cursor, { maxRows: 3 });
    await table.run(NOW);
    await insert(name, [kind.at(40), kind.at(40), kind.at(41)]);
    // A clock that has passed them: steps are days at most.
    table.setWatermark(
      table.watermark()?.cursor && rows.length > bare ? await greatest(name, kind, 20) : kind.at(0).replaceAll("'", ''),
    );
    const before = table.seen();
    await table.run(LATER);
    const times = (id: number) => (before[String(id)] ?? 0) + (isBare(rows[id - 1]) ? 1 : 0);
    const expected = Object.fromEntries(rows.map((_, at) => [String(at + 1), times(at + 1)]));
    const come = Object.fromEntries([1, 2, 3].map((more) => [String(rows.length + more), 1]));
    expect(table.seen()).toEqual({ ...expected, ...come });
  });

  const isBare = (row: string | undefined): boolean => row === 'NULL' || row === kind.zero;
});

/** The greatest cursor below a step, as the server prints it. */
async function greatest(name: string, kind: Kind, below: number): Promise<string> {
  const [[row]] = (await reader.query(
    `SELECT CAST(MAX(c) AS CHAR) AS c FROM ${name} WHERE c < ${kind.at(below)}`,
  )) as unknown as [{ c: string }[]];
  return row?.c ?? '';
}

describe('a row that lies at a bound', () => {
  test.each(Object.keys(KINDS))('of %s belongs to the window that ends there, and to no other', async (kindName) => {
    const kind = KINDS[kindName] as Kind;
    const table = clockedTable(reader, await create(kind, [1, 2, 3].map(kind.at)), kind.cursor);
    await reader.query(`SET timestamp = UNIX_TIMESTAMP('${NOW}')`);
    const bound = (step: number) => kind.at(step).replaceAll("'", '');
    table.setWatermark(bound(1));
    const first = await table.take({ ...table.plan(), upper: bound(2) });
    table.setWatermark(bound(2));
    const second = await table.take({ ...table.plan(), upper: bound(3) });
    expect([first.keys, second.keys]).toEqual([['2'], ['3']]);
  });
});

describe('a row from the future', () => {
  test.each(Object.entries(KINDS).filter(([, { future }]) => future !== ''))(
    'of %s waits until its time has come',
    async (_, kind) => {
      const table = clockedTable(reader, await create(kind, [kind.at(1), kind.future]), kind.cursor);
      await table.run(NOW);
      expect(table.seen()).toEqual({ 1: 1 });
      await table.run('2026-06-03 00:00:00');
      expect(table.seen()).toEqual({ 1: 1, 2: 1 });
    },
  );
});

describe('any rows, cut into windows of any size and copied in any number of parts', () => {
  test.each(Object.keys(KINDS))('of %s are read once each', async (kindName) => {
    const kind = KINDS[kindName] as Kind;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 9, arbitrary: fc.nat(12).map(kind.at) }, fc.constant('NULL')), { maxLength: 25 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 4 }),
        async (rows, maxRows, copies) => {
          const table = clockedTable(reader, await create(kind, rows), kind.cursor, { maxRows, copies });
          await table.run(NOW);
          expect(table.seen()).toEqual(each(rows.length));
        },
      ),
      { numRuns: 25 },
    );
  });
});

test('a look back reads again just what it says', async () => {
  const kind = KINDS['DATETIME of seconds'] as Kind;
  const name = await create(kind, [10, 20, 30, 40].map(kind.at));
  const table = clockedTable(reader, name, { column: 'c', lookBack: 15 });
  table.setWatermark('2026-01-01 00:00:40.000000');
  const [taken] = await table.run(NOW);
  expect([taken?.reading.from, taken?.keys]).toEqual(['2026-01-01 00:00:25.000000', ['3', '4']]);
});

test('a bound that is no cursor of its kind never reaches the server', async () => {
  const kind = KINDS['BIGINT'] as Kind;
  const table = clockedTable(reader, await create(kind, []), kind.cursor);
  table.setWatermark('1 OR 1=1');
  await expect(table.run(NOW)).rejects.toThrow('CURSOR_INVALID');
});
