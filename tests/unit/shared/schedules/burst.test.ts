import fc from 'fast-check';
import { expect, test } from 'vitest';
import { secondsToRest } from '../../../../shared/schedules/burst';

const START = Date.UTC(2026, 0, 1);
const at = (second: number): string => new Date(START + second * 1000).toISOString();
const debounce = { seconds: 30, atMost: 300 };
const left = (since: number, last: number, now: number) =>
  secondsToRest({ since: at(since), last: at(last) }, debounce, new Date(START + now * 1000));

test.each([
  ['the first file has just come', 0, 0, 0, 30],
  ['it was quiet for a while', 0, 0, 20, 10],
  ['it was quiet for long enough', 0, 0, 30, 0],
  ['another file has come meanwhile', 0, 25, 30, 25],
  ['files come without end', 0, 290, 291, 9],
  ['the bound is reached', 0, 299, 300, 0],
  ['nobody looked for a long time', 0, 0, 9000, 0],
])('when %s', (_when, since, last, now, seconds) => {
  expect(left(since, last, now)).toBe(seconds);
});

test('whatever comes, a burst is read within its bound, and never while it is younger than the pause unless the bound says so', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 40 }), (gaps) => {
      let now = 0;
      let last = 0;
      const pending = [...gaps];
      let next = pending.shift();
      for (let looks = 0; looks < 1000; looks += 1) {
        const rest = left(0, last, now);
        if (rest === 0) break;
        const arrival = next === undefined ? Number.POSITIVE_INFINITY : last + next;
        now = Math.min(now + rest, Math.max(arrival, now));
        if (now >= arrival) {
          last = Math.min(arrival, now);
          next = pending.shift();
        }
      }
      expect(left(0, last, now)).toBe(0);
      expect(now).toBeLessThanOrEqual(debounce.atMost);
      expect(now - last >= debounce.seconds || now === debounce.atMost).toBe(true);
    }),
  );
});
