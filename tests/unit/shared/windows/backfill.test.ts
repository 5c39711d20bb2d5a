import { describe, expect, test } from 'vitest';
import type { MySqlSource } from '../../../../shared/contracts/catalog';
import type { Window } from '../../../../shared/contracts/window';
import { type BackfillWish, judgeBackfill } from '../../../../shared/windows/backfill';
import { piecesOf, sizeOf } from '../../../../shared/windows/chunks';
import { lanesOf } from '../../../../shared/windows/lanes';
import { replayable } from '../../../../shared/windows/replayable';
import { shopCatalog } from '../../../support/shop';
import { aWindow } from '../../../support/windows';

const catalog = shopCatalog();
const source = catalog.sources.find(({ name }) => name === 'users') as MySqlSource;
const table = catalog.tables.find(({ name }) => name === 'users');
if (!table) throw new Error('the shop has no users');

describe('piecesOf', () => {
  const from = '2026-01-01 00:00:00.000007';
  const until = '2026-01-01 05:00:00.000003';

  test('cuts a range without a gap or an overlap, to the microsecond, and ends where it was told to', () => {
    const pieces = piecesOf('timestamp', { from, until }, sizeOf('timestamp', '2h'), 10);
    expect(pieces).toEqual([
      { from, until: '2026-01-01 02:00:00.000007' },
      { from: '2026-01-01 02:00:00.000007', until: '2026-01-01 04:00:00.000007' },
      { from: '2026-01-01 04:00:00.000007', until },
    ]);
  });

  test('cuts numbers past 2^53 exactly, and days by the calendar', () => {
    const range = { from: '9007199254740993', until: '9007199254740996' };
    expect(piecesOf('integer', range, 2n, 10).map((piece) => piece.until)).toEqual(['9007199254740995', range.until]);
    const days = piecesOf('date', { from: '2024-02-27', until: '2024-03-02' }, sizeOf('date', '2d'), 10);
    expect(days.map((piece) => piece.until)).toEqual(['2024-02-29', '2024-03-02']);
  });

  test('is one piece without a size, none for an empty range, and no more than one too many', () => {
    expect(piecesOf('timestamp', { from, until }, null, 10)).toEqual([{ from, until }]);
    expect(piecesOf('timestamp', { from, until: from }, null, 10)).toEqual([]);
    expect(piecesOf('integer', { from: '0', until: '1000000' }, 1n, 10)).toHaveLength(11);
  });

  test.each([
    ['timestamp', '90'],
    ['timestamp', '0h'],
    ['timestamp', '1w'],
    ['date', '12h'],
    ['integer', '5m'],
    ['integer', '-1'],
  ] as const)('over a %s %s is no size', (kind, text) => {
    expect(sizeOf(kind, text)).toBeNull();
  });
});

describe('judgeBackfill', () => {
  const wish: BackfillWish = {
    source,
    table,
    watermark: {
      source: 'users',
      cursor: '2026-01-03 00:00:00.000000',
      window: '7',
      run: '20260101T000000-0000abcd',
      committed: '2026-01-03T00:00:01.000Z',
      sighting: null,
    },
    from: '2026-01-01',
    to: '2026-01-03',
    size: '12h',
  };
  const code = (over: Partial<BackfillWish>) => {
    const judged = judgeBackfill({ ...wish, ...over });
    return judged.kind === 'refused' ? judged.problem.code : judged.kind;
  };

  test('takes a range below the watermark, in the form of the source', () => {
    expect(judgeBackfill(wish)).toEqual({
      kind: 'backfill',
      from: '2026-01-01 00:00:00.000000',
      to: '2026-01-03 00:00:00.000000',
      windows: 4,
    });
  });

  test.each([
    ['what lies beyond the watermark', { to: '2026-01-03 00:00:00.000001' }, 'WATERMARK_AHEAD'],
    ['a source that was never read', { watermark: null }, 'WATERMARK_AHEAD'],
    ['a range that runs backwards', { from: '2026-01-02', to: '2026-01-01' }, 'REQUEST_INVALID'],
    ['a source without a cursor', { source: { ...source, cursor: null } }, 'REQUEST_INVALID'],
    ['rows without an order, where an older copy would win', { table: { ...table, order: [] } }, 'REQUEST_INVALID'],
    ['what is no cursor', { from: 'monday' }, 'CURSOR_INVALID'],
    ['what is no size', { size: 'some' }, 'REQUEST_INVALID'],
    ['more windows than a run can take', { size: '1s' }, 'REQUEST_INVALID'],
  ] satisfies [string, Partial<BackfillWish>, string][])('refuses %s', (_what, over, expected) => {
    expect(code(over)).toBe(expected);
  });

  test('the same request has the same lanes, whichever run asks', () => {
    const aside = { kind: 'backfill', lanes: '20260101T000000-0000abcd', source: 'users', parallel: 2 } as const;
    const range = { from: '2026-01-01 00:00:00.000000', to: '2026-01-02 00:00:00.000000', size: '12h' };
    const lanes = lanesOf({ ...aside, ...range }, source);
    expect(lanes.map(({ name }) => name)).toEqual([`${aside.lanes}-0001`, `${aside.lanes}-0002`]);
    expect(lanesOf({ ...aside, ...range }, source)).toEqual(lanes);
  });
});

describe('replayable', () => {
  const run = '20260101T000000-0000abcd';
  const window = (number: string, over: Partial<Window> = {}) =>
    aWindow({ number, state: 'committed', run, manifest: 'm', ...over });
  const windows = [
    window('5', { run: '20260102T000000-0000abcd' }),
    window('4'),
    window('3', { account: { counted: '0', read: '0', landed: '0', rejected: '0' } }),
    window('2'),
    window('1', { state: 'abandoned' }),
  ];

  test('takes the windows that a run committed and that hold rows, oldest first', () => {
    expect(replayable(windows, run, table).map(({ number }) => number)).toEqual(['2', '4']);
  });

  test.each([{ replace: true }, { order: [] }])('takes of a table with %j the newest window alone', (over) => {
    expect(replayable(windows, run, { ...table, ...over })).toEqual([]);
    const newest = replayable(windows.slice(1), run, { ...table, ...over });
    expect(newest.map(({ number }) => number)).toEqual(['4']);
  });
});
