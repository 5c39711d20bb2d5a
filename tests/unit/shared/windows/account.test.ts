import { describe, expect, test } from 'vitest';
import { balance, conserved, NO_ROWS } from '../../../../shared/windows/account';

const file = (rows: string) => ({ container: 'bronze', path: 'p', bytes: '1', rows });

describe('balance', () => {
  test.each([
    ['all rows landed', { counted: '5', read: '5', landed: '5', rejected: '0' }, ['5'], null],
    ['some were rejected', { counted: null, read: '5', landed: '3', rejected: '2' }, ['1', '2'], null],
    ['rows left the window since the count', { counted: '9', read: '5', landed: '5', rejected: '0' }, ['5'], null],
    ['a row was lost on the way', { counted: '5', read: '5', landed: '4', rejected: '0' }, ['4'], 'ROWS_UNBALANCED'],
    [
      'the files hold fewer rows than the copy says',
      { counted: '5', read: '5', landed: '5', rejected: '0' },
      ['4'],
      'ROWS_UNBALANCED',
    ],
    [
      'more was read than was counted',
      { counted: '4', read: '5', landed: '5', rejected: '0' },
      ['5'],
      'ROWS_UNBALANCED',
    ],
  ])('when %s', (_, account, files, code) => {
    expect(balance('users', account, files.map(file), true)?.code ?? null).toBe(code);
  });
});

describe('the conservation law of a merge', () => {
  const account = { counted: null, read: '10', landed: '9', rejected: '1' };
  const outcome = { ...NO_ROWS, merged: '6', duplicates: '1', quarantined: '2', inserted: '4', updated: '1' };
  const file = { file: 'a.csv', landed: '9', rejected: '1', merged: '6', duplicates: '1', quarantined: '2' };
  const why = (...changed: Parameters<typeof conserved>) => conserved(...changed)?.why ?? null;

  test('holds when every row that landed is merged, a duplicate or quarantined', () => {
    expect(why('users', account, outcome, [file])).toBeNull();
    expect(why('users', account, outcome, [])).toBeNull();
  });

  test.each([
    ['a row is lost', outcome, { merged: '5' }, [file], '9 rows landed, but 5 merged, 1 duplicates, 2 quarantined.'],
    [
      'a row is made up',
      outcome,
      { duplicates: '2' },
      [file],
      '9 rows landed, but 6 merged, 2 duplicates, 2 quarantined.',
    ],
    ['more was written than merged', outcome, { updated: '3' }, [], '6 rows merged, but 4 inserted and 3 updated.'],
    [
      'a file lost one',
      outcome,
      {},
      [{ ...file, merged: '5' }],
      '9 rows of file a.csv landed, but 5 merged, 1 duplicates, 2 quarantined.',
    ],
    ['a file is missing', outcome, {}, [{ ...file, landed: '8', merged: '5' }], '9 rows landed, but 8 by file.'],
  ] as const)('is broken when %s', (_what, of, changed, files, expected) => {
    expect(why('users', account, { ...of, ...changed }, files)).toBe(expected);
  });
});
