import { describe, expect, test } from 'vitest';
import { ticksOf } from '../../../../web/src/gantt/ticksOf';

const labels = (span: number, most: number) => ticksOf(span, most).map((tick) => tick.label);

describe('ticksOf', () => {
  test.each([
    [900, 5, ['0 s', '0.2 s', '0.4 s', '0.6 s', '0.8 s']],
    [45_000, 5, ['0 s', '10 s', '20 s', '30 s', '40 s']],
    [100_000, 4, ['0:00', '0:30', '1:00', '1:30']],
    [600_000, 3, ['0 min', '5 min', '10 min']],
    [10_800_000, 3, ['0 h', '1 h', '2 h', '3 h']],
  ])('marks %i ms at round distances', (span, most, expected) => {
    expect(labels(span, most)).toEqual(expected);
  });

  test('never gives more marks than there is room for, even for a month', () => {
    expect(ticksOf(31 * 86_400_000, 4).length).toBeLessThanOrEqual(5);
  });
});
