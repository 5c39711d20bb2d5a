import { formatInstant } from '../dates/format';
import { type Instant, now, parseInstant, startOf, toMs } from '../dates/instant';
import { move } from '../dates/units';
import { fromUtc, toUtc } from '../dates/zones';
import { ExpressionError, type Value } from '../value';
import { count, integer, text } from './args';
import type { Plain } from './functions';

const print = (name: string, instant: Instant, format: Value | undefined): Value =>
  formatInstant(instant, format === undefined ? 'o' : text(name, format));

const read = (name: string, value: Value | undefined): Instant => parseInstant(name, text(name, value));

const add =
  (name: string, unit: string): Plain =>
  (...args) => {
    count(name, args, 2, 3);
    const { ticks, kind } = read(name, args[0]);
    return print(name, { ticks: move(name, ticks, integer(name, args[1]), unit), kind }, args[2]);
  };

const shift =
  (name: string, sign: 1n | -1n): Plain =>
  (...args) => {
    count(name, args, 3, 4);
    const { ticks, kind } = read(name, args[0]);
    const moved = move(name, ticks, sign * integer(name, args[1]), text(name, args[2]));
    return print(name, { ticks: moved, kind }, args[3]);
  };

const fromNow =
  (name: string, sign: 1n | -1n): Plain =>
  (...args) => {
    count(name, args, 2, 3);
    const moved = move(name, now().ticks, sign * integer(name, args[0]), text(name, args[1]));
    return print(name, { ticks: moved, kind: 'utc' }, args[2]);
  };

const start =
  (name: string, unit: 'day' | 'hour' | 'month'): Plain =>
  (...args) => {
    count(name, args, 1, 2);
    const { ticks, kind } = read(name, args[0]);
    return print(name, { ticks: startOf(ticks, unit), kind }, args[1]);
  };

const part =
  (name: string, pick: (date: Date) => number): Plain =>
  (...args) => {
    count(name, args, 1);
    return BigInt(pick(new Date(toMs(read(name, args[0]).ticks))));
  };

const dayOfYear = (date: Date): number =>
  Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;

export const dates: Record<string, Plain> = {
  utcNow: (...args) => {
    count('utcNow', args, 0, 1);
    return print('utcNow', now(), args[0]);
  },
  formatDateTime: (...args) => {
    count('formatDateTime', args, 1, 2);
    return print('formatDateTime', read('formatDateTime', args[0]), args[1]);
  },
  addDays: add('addDays', 'day'),
  addHours: add('addHours', 'hour'),
  addMinutes: add('addMinutes', 'minute'),
  addSeconds: add('addSeconds', 'second'),
  addToTime: shift('addToTime', 1n),
  subtractFromTime: shift('subtractFromTime', -1n),
  getFutureTime: fromNow('getFutureTime', 1n),
  getPastTime: fromNow('getPastTime', -1n),
  startOfDay: start('startOfDay', 'day'),
  startOfHour: start('startOfHour', 'hour'),
  startOfMonth: start('startOfMonth', 'month'),
  dayOfWeek: part('dayOfWeek', (date) => date.getUTCDay()),
  dayOfMonth: part('dayOfMonth', (date) => date.getUTCDate()),
  dayOfYear: part('dayOfYear', dayOfYear),
  ticks: (...args) => {
    count('ticks', args, 1);
    return read('ticks', args[0]).ticks;
  },
  convertFromUtc: (...args) => {
    count('convertFromUtc', args, 2, 3);
    const { ticks } = read('convertFromUtc', args[0]);
    return print('convertFromUtc', { ticks: fromUtc(ticks, text('convertFromUtc', args[1])), kind: 'none' }, args[2]);
  },
  convertToUtc: (...args) => {
    count('convertToUtc', args, 2, 3);
    const { ticks, kind } = read('convertToUtc', args[0]);
    if (kind !== 'none') throw new ExpressionError("the function 'convertToUtc' wants a time without zone");
    return print('convertToUtc', { ticks: toUtc(ticks, text('convertToUtc', args[1])), kind: 'utc' }, args[2]);
  },
  convertTimeZone: (...args) => {
    count('convertTimeZone', args, 3, 4);
    const name = 'convertTimeZone';
    const utc = toUtc(read(name, args[0]).ticks, text(name, args[1]));
    return print(name, { ticks: fromUtc(utc, text(name, args[2])), kind: 'none' }, args[3]);
  },
};
