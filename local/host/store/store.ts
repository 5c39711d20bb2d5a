import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { takeLock } from '../../disk/lock';
import { writeWhole } from '../../disk/writeWhole';
import { Journal } from './journal';
import { encodeLine } from './line';
import { readJournal } from './readJournal';

export interface StoreOptions {
  readonly directory: string;
  /** Called for every record found, in order. */
  onRecord(json: string): void;
  /** Records that together give the present state; asked for when the file is worth compacting. */
  snapshot(): Iterable<string>;
  onFatal(error: Error): void;
  warn(message: string): void;
  /** Size in bytes from which a start rewrites the journal. */
  readonly compactAbove?: number;
}

export interface Store {
  readonly journal: Journal;
  close(): Promise<void>;
}

const NAME = /^hub\.(\d+)\.journal$/;
const fileName = (number: number) => `hub.${number}.journal`;

/** Opens the journal of a directory: locks it, replays it, cuts a torn tail, compacts it when it is large. */
export function openStore(options: StoreOptions): Store {
  const { directory } = options;
  mkdirSync(directory, { recursive: true });
  const lock = join(directory, 'lock');
  const holder = takeLock(lock);
  // Two hosts on one journal would destroy it.
  if (holder !== null)
    throw new Error(`The store ${directory} is in use by process ${holder.pid}; stop that host first`);
  const unlock = () => rmSync(lock, { force: true });
  try {
    const journal = recover(options);
    return {
      journal,
      close: async () => {
        await journal.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function recover(options: StoreOptions): Journal {
  const { directory, onRecord, onFatal, warn, compactAbove = 32 * 1024 * 1024 } = options;
  const numbers = readdirSync(directory).flatMap((name) => NAME.exec(name)?.[1] ?? []);
  const newest = Math.max(1, ...numbers.map(Number));
  // A crash between the rename and the deletion leaves the older file; the newer one holds everything.
  for (const number of numbers.map(Number)) if (number < newest) rmSync(join(directory, fileName(number)));
  const file = join(directory, fileName(newest));
  const bytes = numbers.length === 0 ? Buffer.alloc(0) : readFileSync(file);
  const { end, count } = readJournal(bytes, onRecord);
  if (end < bytes.length) {
    const kept = `${file}.cut-at-${end}`;
    writeFileSync(kept, bytes.subarray(end));
    warn(`journal: ${bytes.length - end} bytes after record ${count} are torn or damaged; they were moved to ${kept}`);
  }
  if (end < compactAbove) return new Journal(file, end, count, onFatal);
  return compact(options, file, join(directory, fileName(newest + 1)));
}

function compact({ directory, snapshot, onFatal }: StoreOptions, old: string, file: string): Journal {
  const temporary = `${file}.new`;
  const fd = openSync(temporary, 'w');
  let count = 0;
  let length = 0;
  for (const json of snapshot()) {
    count += 1;
    length += writeWhole(fd, encodeLine(count, json));
  }
  fsyncSync(fd);
  closeSync(fd);
  renameSync(temporary, file);
  syncDirectory(directory);
  rmSync(old);
  return new Journal(file, length, count, onFatal);
}

function syncDirectory(directory: string): void {
  const fd = openSync(directory, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
