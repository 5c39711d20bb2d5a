import { describe, expect, test } from 'vitest';
import { sum } from '../../../../shared/contracts/counts';
import { absolute } from '../../../../web/src/format/absolute';
import { count } from '../../../../web/src/format/count';
import { ago, duration } from '../../../../web/src/format/duration';

describe('counts', () => {
  test('past 2^53 lose no digit', () => {
    expect(count('9007199254740993')).toBe('9,007,199,254,740,993');
    expect(sum(['9007199254740992', '1'])).toBe('9007199254740993');
  });
  test('below a thousand have no comma', () => {
    expect(count('999')).toBe('999');
  });
});

describe('durations', () => {
  test.each([
    [400, '0.4 s'],
    [12_900, '12 s'],
    [59_999, '59 s'],
    [185_000, '3 min 05 s'],
    [7_800_000, '2 h 10 min'],
    [273_600_000, '3 d 4 h'],
    [-5, '0.0 s'],
  ])('of %i ms read as %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});

describe('ages', () => {
  test.each([
    [900, 'now'],
    [59_000, '59 s ago'],
    [3_599_000, '59 min ago'],
    [47 * 3_600_000, '47 h ago'],
    [49 * 3_600_000, '2 d ago'],
    [-60_000, 'now'],
  ])('of %i ms read as %s', (ms, text) => {
    expect(ago(ms)).toBe(text);
  });
});

test('an instant is shown in UTC by its text, whatever its precision', () => {
  expect(absolute('2026-11-22T18:15:00.482913Z')).toBe('2026-11-22 18:15:00 UTC');
  expect(absolute('2026-11-22T18:15:00Z')).toBe('2026-11-22 18:15:00 UTC');
});
