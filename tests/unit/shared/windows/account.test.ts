import { describe, expect, test } from 'vitest';
import { balance } from '../../../../shared/windows/account';

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
    expect(balance('users', account, files.map(file))?.code ?? null).toBe(code);
  });
});
