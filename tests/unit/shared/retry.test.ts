import { expect, test } from 'vitest';
import { nextLook, slower } from '../../../shared/retry';

const pace = { first: 5, longest: 60 };

test.each([
  [0, 5, 5000],
  [1, 5, 10_000],
  [4999, 5, 10_000],
  [5000, 7.5, 15_000],
  [61_000, 60, 125_000],
])('at %s ms a look in %s s falls on the beat at %s ms', (now, seconds, at) => {
  expect(nextLook(pace, now, seconds)).toBe(at);
});

test('runs that began at any time are looked at on common beats, however old they are', () => {
  const looks = [0, 1234, 33_333].flatMap((begun) => {
    const times: number[] = [];
    for (let at = begun, seconds = pace.first; times.length < 20; seconds = slower(pace, seconds)) {
      at = nextLook(pace, at, seconds);
      times.push(at);
    }
    return times;
  });
  expect(looks.every((at) => at % 5000 === 0)).toBe(true);
});
