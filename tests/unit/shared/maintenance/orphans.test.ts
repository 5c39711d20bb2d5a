import { describe, expect, test } from 'vitest';
import { orphans, windowOf } from '../../../../shared/maintenance/orphans';

const file = (path: string) => ({ path, bytes: '1', etag: 'e', modified: '2026-01-01T00:00:00.000Z' });

describe('orphans', () => {
  const files = [
    file('users/window=1/attempt=1/a.parquet'),
    file('users/window=1/attempt=2/a.parquet'),
    file('users/window=2/attempt=1/a.parquet'),
    file('users/notes.txt'),
  ];

  test('are the files of attempts that no manifest names', () => {
    const found = orphans(files, new Set(['users/window=1/attempt=2/a.parquet']), new Map());
    expect(found.map(({ path }) => path)).toEqual([
      'users/window=1/attempt=1/a.parquet',
      'users/window=2/attempt=1/a.parquet',
    ]);
  });

  test('are not the files of an open window, whose manifest may come', () => {
    const found = orphans(files, new Set(), new Map([['users', '2']]));
    expect(found.map(({ path }) => path)).toEqual([
      'users/window=1/attempt=1/a.parquet',
      'users/window=1/attempt=2/a.parquet',
    ]);
  });

  test('of a lane are told from those of the live history, whose windows have the same numbers', () => {
    const lanes = [file('users/lane=r-0001/window=1/attempt=1/a.parquet'), ...files];
    expect(windowOf(lanes[0]?.path ?? '')).toEqual({ shelf: 'users~r-0001', window: '1' });
    const found = orphans(lanes, new Set(), new Map([['users~r-0001', '1']]));
    expect(found.map(({ path }) => path)).toEqual(files.slice(0, 3).map(({ path }) => path));
  });
});
