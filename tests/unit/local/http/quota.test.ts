import { describe, expect, test } from 'vitest';
import { quota } from '../../../../local/http/quota';

describe('a quota', () => {
  test('lets pass what the window holds and then says how long to wait', () => {
    let now = 0;
    const sends = quota([{ count: 2, seconds: 60 }], [], () => now);
    expect(sends.spend()).toBe(0);
    now = 10_000;
    expect(sends.spend()).toBe(0);
    expect(sends.spend()).toBe(50);
    now = 60_000;
    expect(sends.spend()).toBe(0);
  });

  test('obeys the strictest of several limits and counts what was spent before a restart', () => {
    const sends = quota(
      [
        { count: 5, seconds: 60 },
        { count: 2, seconds: 3600 },
      ],
      [0, 1000],
      () => 2000,
    );
    expect(sends.spend()).toBe(3598);
  });
});
