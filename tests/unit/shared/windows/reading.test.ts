import { describe, expect, test } from 'vitest';
import { MySqlSource } from '../../../../shared/contracts/catalog';
import type { Reading } from '../../../../shared/contracts/cursor';
import { isSealed } from '../../../../shared/windows/account';
import { readingProblems, stops } from '../../../../shared/windows/reading';

const source = (cursor: object) =>
  MySqlSource.parse({ name: 'users', kind: 'mysql', connection: 'db', table: 'users', from: 'users', cursor });
const reading: Reading = {
  guarantee: 'read-point',
  readPoint: '2026-01-01 00:00:00.000000',
  complete: true,
  from: null,
  withoutCursor: '0',
  ahead: false,
  sighting: null,
};

describe('what is said of a reading', () => {
  test.each([
    ['a DATETIME as timestamp', { column: 'c' }, 'datetime(6)', []],
    ['a TIMESTAMP as timestamp', { column: 'c' }, 'timestamp', []],
    ['a DATE as timestamp', { column: 'c' }, 'date', ['CURSOR_INVALID']],
    ['a text as timestamp', { column: 'c' }, 'varchar(20)', ['CURSOR_INVALID']],
    ['a DATE as date', { column: 'c', kind: 'date' }, 'date', []],
    ['a DATETIME as date', { column: 'c', kind: 'date' }, 'datetime', ['CURSOR_INVALID']],
    ['a BIGINT UNSIGNED as integer', { column: 'c', kind: 'integer' }, 'bigint(20) unsigned', []],
    ['a DECIMAL as integer', { column: 'c', kind: 'integer' }, 'decimal(20,0)', ['CURSOR_INVALID']],
    ['a DATETIME that the application fills in UTC', { column: 'c', zone: '+00:00' }, 'datetime', []],
    ['a TIMESTAMP said to be in UTC', { column: 'c', zone: '+00:00' }, 'timestamp(6)', ['CURSOR_INVALID']],
  ])('%s', (_, cursor, type, codes) => {
    const said = readingProblems(source(cursor), reading, [{ name: 'C', type }]);
    expect(said.map(({ code }) => code)).toEqual(codes);
  });

  test.each([
    ['include', '3', [], []],
    ['exclude', '3', ['CURSOR_NULL'], []],
    ['fail', '3', ['CURSOR_NULL'], ['CURSOR_NULL']],
    ['fail', '0', [], []],
  ] as const)('rows without a cursor under %s (%s of them)', (nulls, withoutCursor, codes, stopping) => {
    const users = source({ column: 'c', nulls });
    const said = readingProblems(users, { ...reading, withoutCursor }, []);
    expect(said.map(({ code }) => code)).toEqual(codes);
    expect(said.filter((one) => stops(users, one)).map(({ code }) => code)).toEqual(stopping);
  });

  test('a watermark ahead of its source, which stops nothing', () => {
    const users = source({ column: 'c' });
    const said = readingProblems(users, { ...reading, ahead: true }, []);
    expect(said).toMatchObject([{ code: 'WATERMARK_AHEAD', why: expect.stringContaining('2026-01-01') }]);
    expect(said.some((one) => stops(users, one))).toBe(false);
  });
});

describe('a window is sealed against new rows', () => {
  test.each<[string, Partial<Reading> | null, object, boolean]>([
    ['below a read point', {}, {}, true],
    ['not behind a lag', { guarantee: 'lag' }, {}, false],
    ['not where it looks back', { from: '2025' }, {}, false],
    ['not with rows that have no cursor', { withoutCursor: '1' }, {}, false],
    ['unless those are left out', { withoutCursor: '1' }, { nulls: 'exclude' }, true],
    ['not when a table is read whole', null, {}, false],
  ])('%s', (_, change, cursor, closed) => {
    expect(isSealed(source({ column: 'c', ...cursor }), change && { ...reading, ...change })).toBe(closed);
  });
});
