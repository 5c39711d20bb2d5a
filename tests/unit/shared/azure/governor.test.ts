import { beforeEach, describe, expect, test } from 'vitest';
import { FACTORY } from '../../../../shared/azure/failure';
import { type Governor, governor } from '../../../../shared/azure/governor';
import { retryAfter } from '../../../../shared/azure/retryAfter';
import { WaitError } from '../../../../shared/errors';

let now: number;
let slept: number[];
const clock = {
  now: () => now,
  sleep: async (ms: number) => {
    slept.push(ms);
    now += ms;
  },
};
const secondsOf = (act: () => unknown): number => {
  try {
    act();
  } catch (error) {
    if (error instanceof WaitError) return error.seconds;
    throw error;
  }
  return 0;
};
let factory: Governor;

beforeEach(() => {
  now = Date.UTC(2026, 0, 1);
  slept = [];
  factory = governor(FACTORY, [], clock);
});

describe('retryAfter', () => {
  test.each([
    ['7', 7000],
    ['0', 0],
    ['600', 600_000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Thu, 01 Jan 2015 00:00:30 GMT', 0],
    ['soon', null],
    ['', null],
    [null, null],
    [undefined, null],
  ])('%s is %s ms', (header, ms) => {
    expect(retryAfter(header, now)).toBe(ms);
  });
});

describe('a governor', () => {
  test('lets calls through while nothing was said', async () => {
    await factory.pass();
    expect(factory.heard(200, null)).toBe(false);
    expect(factory.heard(503, null), 'an outage is not a request to wait').toBe(false);
    await factory.pass();
    expect(slept).toEqual([]);
  });

  test('waits a short pause out in the next call, to the end', async () => {
    expect(factory.heard(429, '2')).toBe(true);
    await factory.pass();
    expect(slept).toEqual([2000]);
    await factory.pass();
    expect(slept).toHaveLength(1);
  });

  test('hands a long pause back, and refuses every call until it has passed', async () => {
    expect(secondsOf(() => factory.heard(503, '600'))).toBe(600);
    now += 100_000;
    await expect(factory.pass()).rejects.toMatchObject({ seconds: 500 });
    now += 499_000;
    await factory.pass();
    expect(slept).toEqual([1000]);
  });

  test('takes a 429 that names no time as a reason to wait too, ever longer, until an answer comes through', async () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8].map(() => {
      const from = now;
      const seconds = secondsOf(() => factory.heard(429, null));
      now = from + 120_000;
      return seconds;
    });
    expect(pauses).toEqual([0, 0, 0, 8, 16, 32, 64, 64]);
    factory.heard(200, null);
    expect(secondsOf(() => factory.heard(429, 'rubbish'))).toBe(0);
  });

  test('never waits longer than an hour, whatever it is told', () => {
    expect(secondsOf(() => factory.heard(429, '999999'))).toBe(3600);
  });

  test('keeps a published limit by itself: what is above it waits its turn, or is handed back', async () => {
    const queries = governor(FACTORY, [{ count: 2, seconds: 4 }], clock);
    for (let nth = 0; nth < 5; nth += 1) await queries.pass();
    expect(slept).toEqual([4000, 4000]);
    const hourly = governor(FACTORY, [{ count: 1, seconds: 3600 }], clock);
    await hourly.pass();
    await expect(hourly.pass()).rejects.toMatchObject({ seconds: 3600, problem: { transient: true } });
  });
});
