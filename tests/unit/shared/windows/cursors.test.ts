import { describe, expect, test } from 'vitest';
import { isBefore, latest, written } from '../../../../shared/windows/cursors';

describe('a cursor that a person wrote', () => {
  test.each([
    ['timestamp', '2026-01-02', '2026-01-02 00:00:00.000000'],
    ['timestamp', ' 2026-01-02 03:04:05.1 ', '2026-01-02 03:04:05.100000'],
    ['timestamp', '2026-01-02T03:04:05', '2026-01-02 03:04:05.000000'],
    ['date', '2024-02-29', '2024-02-29'],
    ['integer', '0007', '7'],
    ['integer', '-9007199254740993', '-9007199254740993'],
  ] as const)('%s %s is printed as %s', (kind, text, printed) => {
    expect(written(kind, text)).toBe(printed);
  });

  test.each([
    ['timestamp', '2026-02-30'],
    ['timestamp', '2026-01-02 25:00:00'],
    ['timestamp', "2026-01-02' OR 1=1"],
    ['timestamp', '2026-01-02 03:04:05.1234567'],
    ['date', '2026-01-02 03:04:05'],
    ['date', '2025-02-29'],
    ['integer', '1.5'],
    ['integer', ''],
  ] as const)('%s %s is none', (kind, text) => {
    expect(written(kind, text)).toBeNull();
  });
});

test('bounds are compared in the type of their column, past 2^53 and without a tie-breaker', () => {
  expect(isBefore('integer', '9', '10')).toBe(true);
  expect(isBefore('integer', '9007199254740993', '9007199254740992')).toBe(false);
  expect(isBefore('timestamp', '2026-01-01 00:00:00.000001', '2026-01-01 00:00:00.000002')).toBe(true);
  expect(isBefore('integer', '9, zz', '10, a')).toBe(true);
  expect(latest('integer', ['9', null, '10', '2'])).toBe('10');
  expect(latest('date', [null])).toBeNull();
});
