import { describe, expect, test } from 'vitest';
import { SourceCursor } from '../../../../shared/contracts/cursor';
import { judgeReset, type ResetWish } from '../../../../shared/windows/reset';
import { aWindow } from '../../../support/windows';

const at = '2026-01-03 00:00:00.000000';
const wish: ResetWish = {
  source: 'users',
  cursor: SourceCursor.parse({ column: 'updated_at' }),
  to: '2026-01-02',
  fullLoad: false,
  from: at,
  watermark: {
    source: 'users',
    cursor: at,
    window: '7',
    run: '20260101T000000-0000abcd',
    committed: '2026-01-03T00:00:01.000Z',
    sighting: null,
  },
  windows: [aWindow({ number: '7', state: 'committed', upper: at })],
};
const refused = (code: string) => ({ kind: 'refused', problem: { code } });

describe('judgeReset', () => {
  test('allows the past, in the form of the source', () => {
    expect(judgeReset(wish)).toEqual({ kind: 'reset', to: '2026-01-02 00:00:00.000000' });
    expect(judgeReset({ ...wish, to: at })).toEqual({ kind: 'reset', to: at });
  });

  test('refuses the future of what was read, by a microsecond', () => {
    expect(judgeReset({ ...wish, to: '2026-01-03 00:00:00.000001' })).toMatchObject(refused('WATERMARK_AHEAD'));
  });

  test('goes forward again as far as the source was ever read', () => {
    const windows = [aWindow({ upper: '2026-01-05 00:00:00.000000', state: 'abandoned' })];
    expect(judgeReset({ ...wish, windows, to: '2026-01-05' }).kind).toBe('reset');
    expect(judgeReset({ ...wish, windows, to: '2026-01-06' })).toMatchObject(refused('WATERMARK_AHEAD'));
  });

  test('starts a full load only when that is said, and only that', () => {
    expect(judgeReset({ ...wish, to: null })).toMatchObject(refused('FULL_LOAD_UNASKED'));
    expect(judgeReset({ ...wish, to: null, fullLoad: true })).toEqual({ kind: 'reset', to: null });
    expect(judgeReset({ ...wish, fullLoad: true })).toMatchObject(refused('REQUEST_INVALID'));
  });

  test('mends a watermark that is gone, up to what the windows reached', () => {
    const gone = { ...wish, watermark: null, from: null };
    expect(judgeReset({ ...gone, to: at })).toEqual({ kind: 'reset', to: at });
    expect(judgeReset({ ...gone, windows: [], to: at })).toMatchObject(refused('WATERMARK_AHEAD'));
  });

  test('refuses what was decided on another state, and what is no cursor', () => {
    expect(judgeReset({ ...wish, from: 'elsewhere' })).toMatchObject(refused('WINDOW_CONFLICT'));
    expect(judgeReset({ ...wish, from: null })).toMatchObject(refused('WINDOW_CONFLICT'));
    expect(judgeReset({ ...wish, to: 'yesterday' })).toMatchObject(refused('CURSOR_INVALID'));
    expect(judgeReset({ ...wish, cursor: null })).toMatchObject(refused('REQUEST_INVALID'));
  });
});
