import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Stock } from '../sources/seed';
import { exits, Fault } from './fault';

/** Options that say what the shop is filled with. */
export interface StockOptions {
  readonly data?: string;
  readonly users: string;
  readonly seed: string;
}

/** @throws Fault when a number is none, or the folder is missing */
export function stockOf({ data, users, seed }: StockOptions): Stock {
  if (data === undefined) return { kind: 'generated', count: wholeOf('--users', users), seed: wholeOf('--seed', seed) };
  const directory = resolve(data);
  if (['users.csv', 'users.csv.gz'].some((name) => existsSync(`${directory}/${name}`)))
    return { kind: 'data', directory };
  throw new Fault(
    exits.usage,
    'USAGE',
    `${directory} holds neither users.csv nor users.csv.gz.`,
    'Name a folder that does.',
  );
}

/** @throws Fault unless the text is a whole number below two thousand million */
export function wholeOf(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Fault(
    exits.usage,
    'USAGE',
    `${option} ${text} is not a whole number.`,
    `Give ${option} a number such as 1000.`,
  );
}
