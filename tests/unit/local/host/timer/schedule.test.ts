import { beforeAll, describe, expect, test } from 'vitest';
import { afterRun, planStart } from '../../../../../local/host/timer/monitor';
import { normalise } from '../../../../../local/host/timer/normalise';
import { readSchedule } from '../../../../../local/host/timer/schedule';

beforeAll(() => {
  process.env['TZ'] = 'Europe/Zurich';
});
const from = (text: string): Date => new Date(text);
const next = (schedule: string, after: string, times = 1): string[] => {
  const { next: following } = readSchedule(schedule);
  const found: string[] = [];
  for (let at = from(after); found.length < times; ) {
    at = following(at);
    found.push(at.toISOString());
  }
  return found;
};

describe('NCRONTAB', () => {
  test.each([
    ['0 */5 * * * *', '2026-03-10T10:02:00Z', '2026-03-10T10:05:00.000Z'],
    ['*/5 * * * *', '2026-03-10T10:02:00Z', '2026-03-10T10:05:00.000Z'],
    ['0 10/20 * * * *', '2026-03-10T10:11:00Z', '2026-03-10T10:30:00.000Z'],
    ['0 0 9 * * mon', '2026-03-10T10:02:00Z', '2026-03-16T08:00:00.000Z'],
    ['0 0 9 * JANU *', '2026-03-10T10:02:00Z', '2027-01-01T08:00:00.000Z'],
    ['30 0 0 1-3,10 * *', '2026-03-10T10:02:00Z', '2026-03-31T22:00:30.000Z'],
    ['00:10:00', '2026-03-10T10:02:00Z', '2026-03-10T10:12:00.000Z'],
    ['1.00:00:00', '2026-03-10T10:02:00Z', '2026-03-11T10:02:00.000Z'],
  ])('%s after %s is %s', (schedule, after, expected) => {
    expect(next(schedule, after)).toEqual([expected]);
  });

  test('day of month and weekday must both match', () => {
    expect(next('0 0 12 13 * 5', '2026-01-01T00:00:00Z', 2)).toEqual([
      '2026-02-13T11:00:00.000Z',
      '2026-03-13T11:00:00.000Z',
    ]);
  });

  test.each([
    '0 0 0 * * 7',
    '0 60 * * * *',
    '0 0 0 L * *',
    '* * *',
    '0 0 0 ? * *',
    '0 5-1 * * * *',
    '0 */0 * * * *',
    'hello',
    '0 0 0 * * mo-xx',
  ])('%s is refused', (schedule) => {
    expect(() => readSchedule(schedule)).toThrow(schedule);
  });

  test('an open-ended step is written as a range', () => {
    expect(normalise('5/15 * * * FEB-apr sun')).toBe('5-59/15 * * * 2-4 0');
  });

  test('in the hour that repeats in autumn an interval runs in both passes, a point in time once', () => {
    expect(next('0 */30 * * * *', '2026-10-24T23:50:00Z', 5).map((at) => at.slice(11, 16))).toEqual([
      '00:00',
      '00:30',
      '01:00',
      '01:30',
      '02:00',
    ]);
    expect(next('0 30 2 * * *', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  test('in the hour that spring skips a point in time runs after the gap', () => {
    expect(next('0 30 2 * * *', '2026-03-28T12:00:00Z')[0]).toMatch(/^2026-03-29T01:/);
  });
});

describe('the schedule monitor', () => {
  const schedule = readSchedule('0 0 * * * *');
  const text = '0 0 * * * *';
  const now = from('2026-03-10T10:20:00Z');

  test('a first start waits for the next occurrence', () => {
    expect(planStart(text, schedule, undefined, now)).toMatchObject({
      isPastDue: false,
      next: from('2026-03-10T11:00:00Z'),
    });
  });

  test('however many occurrences were missed, one run is past due', () => {
    const stored = {
      schedule: text,
      last: '2026-03-10T05:00:00.000Z',
      next: '2026-03-10T06:00:00.000Z',
      updated: '2026-03-10T05:00:00.000Z',
    };
    expect(planStart(text, schedule, stored, now)).toMatchObject({ isPastDue: true, state: stored });
    const after = afterRun(text, schedule, from('2026-03-10T06:00:00Z'), now);
    expect(planStart(text, schedule, after, from('2026-03-10T10:21:00Z'))).toMatchObject({
      isPastDue: false,
      next: from('2026-03-10T11:00:00Z'),
    });
  });

  test('a timer that never ran is past due once its first occurrence has gone by', () => {
    const { state } = planStart(text, schedule, undefined, now);
    expect(planStart(text, schedule, state, from('2026-03-10T11:05:00Z')).isPastDue).toBe(true);
  });

  test('an edited schedule is not caught up', () => {
    const stored = {
      schedule: 'another',
      last: '2026-03-10T05:30:00.000Z',
      next: '2026-03-10T06:30:00.000Z',
      updated: '2026-03-10T05:30:00.000Z',
    };
    expect(planStart(text, schedule, stored, now)).toMatchObject({
      isPastDue: false,
      next: from('2026-03-10T11:00:00Z'),
    });
  });

  test('a run that started a moment early counts for its nominal time', () => {
    const after = afterRun(text, schedule, from('2026-03-10T11:00:00Z'), from('2026-03-10T10:59:59.990Z'));
    expect(after).toMatchObject({ last: '2026-03-10T11:00:00.000Z', next: '2026-03-10T12:00:00.000Z' });
  });
});
