import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Schedule } from '../../../../shared/contracts/schedule';
import { cronFault, dueTick, nextTicks } from '../../../../shared/schedules/ticks';

const MINUTE = 60_000;
const schedule = (cron: string, zone = 'UTC') => Schedule.parse({ name: 'often', cron, zone, sources: 'all' });
const instants = (text: string): string[] => text.split(' ').map((at) => `${at}:00.000Z`);

describe('on the days on which clocks change', () => {
  test.each<[what: string, zone: string, cron: string, from: string, ticks: string]>([
    [
      'a time that spring leaves out comes when the gap ends',
      'Europe/Paris',
      '0 30 2 * * *',
      '2026-03-28T12:00',
      '2026-03-29T01:00 2026-03-30T00:30',
    ],
    [
      'a time that autumn has twice comes once, the first time',
      'Europe/Paris',
      '0 30 2 * * *',
      '2026-10-24T12:00',
      '2026-10-25T00:30 2026-10-26T01:30',
    ],
    [
      'an hour is an hour in spring',
      'Europe/Paris',
      '0 0 * * * *',
      '2026-03-28T23:30',
      '2026-03-29T00:00 2026-03-29T01:00 2026-03-29T02:00',
    ],
    [
      'an hour is an hour in autumn',
      'Europe/Paris',
      '0 0 * * * *',
      '2026-10-24T23:30',
      '2026-10-25T00:00 2026-10-25T01:00 2026-10-25T02:00',
    ],
    [
      'half an hour is half an hour in autumn',
      'Europe/Paris',
      '0 */30 * * * *',
      '2026-10-25T00:15',
      '2026-10-25T00:30 2026-10-25T01:00 2026-10-25T01:30 2026-10-25T02:00',
    ],
    [
      'twenty minutes are twenty minutes in spring',
      'Europe/Paris',
      '0 */20 * * * *',
      '2026-03-29T00:45',
      '2026-03-29T01:00 2026-03-29T01:20 2026-03-29T01:40',
    ],
    [
      'spring at another date',
      'America/New_York',
      '0 30 2 * * *',
      '2026-03-07T12:00',
      '2026-03-08T07:00 2026-03-09T06:30',
    ],
    [
      'autumn at another date',
      'America/New_York',
      '0 30 1 * * *',
      '2026-10-31T12:00',
      '2026-11-01T05:30 2026-11-02T06:30',
    ],
    [
      'hours in the spring of New York',
      'America/New_York',
      '0 0 * * * *',
      '2026-03-08T06:30',
      '2026-03-08T07:00 2026-03-08T08:00',
    ],
    [
      'hours in the autumn of New York',
      'America/New_York',
      '0 0 * * * *',
      '2026-11-01T04:30',
      '2026-11-01T05:00 2026-11-01T06:00 2026-11-01T07:00',
    ],
    ['nothing changes in UTC', 'UTC', '0 30 2 * * *', '2026-03-28T12:00', '2026-03-29T02:30 2026-03-30T02:30'],
  ])('%s', (_what, zone, cron, from, ticks) => {
    const expected = instants(ticks);
    expect(nextTicks(schedule(cron, zone), new Date(`${from}:00Z`), expected.length)).toEqual(expected);
  });

  test.each([
    ['Europe/Paris', '2026-03-29T00:00:00Z'],
    ['Europe/Paris', '2026-10-25T00:00:00Z'],
    ['America/New_York', '2026-03-08T06:00:00Z'],
    ['America/New_York', '2026-11-01T05:00:00Z'],
  ])('a heartbeat in %s from %s on serves every tick that was shown, each once', (zone, from) => {
    for (const cron of ['0 30 2 * * *', '1 * * * * *', '0 0 1,2,3 * * *']) {
      const one = schedule(cron, zone);
      const start = Date.parse(from);
      const end = start + 3 * 60 * MINUTE;
      const shown = nextTicks(one, new Date(start), 3 * 60 + 1).filter((tick) => Date.parse(tick) <= end);
      const served: string[] = [];
      let last = new Date(start).toISOString();
      for (let beat = start; beat <= end + MINUTE; beat += MINUTE) {
        const tick = dueTick(one, last, new Date(beat + 40));
        if (tick === null || Date.parse(tick) > end) continue;
        served.push(tick);
        last = tick;
      }
      expect(served, cron).toEqual(shown);
    }
  });
});

describe('a tick that is due', () => {
  const parts = {
    second: fc.constantFrom('0', '1', '59', '*/20', '*'),
    minute: fc.constantFrom('0', '30', '*/7', '*', '15,45'),
    hour: fc.constantFrom('*', '2', '*/5', '1-3', '23'),
    day: fc.constantFrom('*', '1', '29', '*/10'),
    weekday: fc.constantFrom('*', '0', '1-5'),
  };
  const cron = fc
    .record(parts)
    .map(({ second, minute, hour, day, weekday }) => `${second} ${minute} ${hour} ${day} * ${weekday}`);
  const zone = fc.constantFrom('UTC', 'Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe');
  const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) });

  test('is the newest of those that were to come, whenever one looks', () => {
    fc.assert(
      fc.property(
        cron,
        zone,
        instant,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 999 }),
        (line, place, at, count, late) => {
          const one = schedule(line, place);
          const coming = nextTicks(one, new Date(at), count);
          const newest = coming.at(-1) ?? '';
          const after = nextTicks(one, new Date(newest), 1)[0] ?? '';
          const now = Math.min(Date.parse(newest) + late, Date.parse(after) - 1);
          expect(dueTick(one, new Date(at).toISOString(), new Date(now))).toBe(newest);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is served once: of many that were missed the newest alone', () => {
    const hourly = schedule('0 0 * * * *');
    const now = new Date('2026-01-02T00:00:30.000Z');
    expect(dueTick(hourly, '2026-01-01T00:00:00.000Z', now)).toBe('2026-01-02T00:00:00.000Z');
    expect(dueTick(hourly, '2026-01-02T00:00:00.000Z', now)).toBeNull();
    expect(dueTick(hourly, '2026-01-02T01:00:00.000Z', now), 'a clock that went back').toBeNull();
  });

  test('there is none for a schedule that has just been published', () => {
    expect(dueTick(schedule('* * * * * *'), null, new Date())).toBeNull();
  });
});

test.each([
  ['61 * * * * *', 'UTC'],
  ['0 0 * * *', 'Mars/Olympus'],
  ['now and then', 'UTC'],
])('%s in %s is no schedule', (cron, zone) => {
  expect(cronFault(schedule(cron, zone))).toMatch(/./);
});
