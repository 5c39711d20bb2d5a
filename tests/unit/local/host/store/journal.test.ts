import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeLine } from '../../../../../local/host/store/line';
import { readJournal } from '../../../../../local/host/store/readJournal';
import { openStore, type Store } from '../../../../../local/host/store/store';

const record = (n: number): string => JSON.stringify({ n, text: `zürich ${'x'.repeat((n * 37) % 90)}` });
const fullJournal = (): Buffer =>
  Buffer.from(Array.from({ length: 60 }, (_, n) => encodeLine(n + 1, record(n))).join(''));
const read = (bytes: Buffer): string[] => {
  const found: string[] = [];
  readJournal(bytes, (json) => found.push(json));
  return found;
};

/** A small generator with a seed, so that a failure can be repeated. */
const random = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

interface Opened extends Store {
  readonly found: string[];
  readonly warnings: string[];
}
function open(directory: string, more: { compactAbove?: number; state?: string[] } = {}): Opened {
  const found: string[] = [];
  const warnings: string[] = [];
  const store = openStore({
    directory,
    onRecord: (json) => found.push(json),
    snapshot: () => more.state ?? found,
    warn: (message) => warnings.push(message),
    onFatal: (error) => {
      throw error;
    },
    ...(more.compactAbove === undefined ? {} : { compactAbove: more.compactAbove }),
  });
  return { ...store, found, warnings };
}
const append = (store: Store, json: string): Promise<void> =>
  new Promise((resolve) => store.journal.append(json, resolve));
const directory = (): string => mkdtempSync(join(tmpdir(), 'journal-'));

describe('the journal', () => {
  test('cut at any of 300 places it gives exactly the records before the cut', () => {
    const bytes = fullJournal();
    const next = random(7);
    for (let round = 0; round < 300; round += 1) {
      const cut = Math.floor(next() * bytes.length);
      const whole = bytes.subarray(0, cut).filter((byte) => byte === 0x0a).length;
      expect(read(bytes.subarray(0, cut))).toEqual(Array.from({ length: whole }, (_, n) => record(n)));
    }
  });

  test('damaged at any of 300 places it gives a clean prefix', () => {
    const next = random(11);
    for (let round = 0; round < 300; round += 1) {
      const bytes = fullJournal();
      const at = Math.floor(next() * bytes.length);
      const lineOfDamage = bytes.subarray(0, at).filter((byte) => byte === 0x0a).length;
      bytes[at] = (bytes[at] ?? 0) ^ (1 + Math.floor(next() * 255));
      expect(read(bytes)).toEqual(Array.from({ length: lineOfDamage }, (_, n) => record(n)));
    }
  });

  test('a record missing in the middle is an error, not a shorter history', () => {
    const lines = fullJournal().toString().split('\n');
    lines.splice(20, 1);
    expect(() => read(Buffer.from(lines.join('\n')))).toThrow('record 21 is missing');
  });

  test('what was acknowledged is there after opening again, and new records go on behind a torn tail', async () => {
    const place = directory();
    const first = open(place);
    await Promise.all([1, 2, 3].map((n) => append(first, record(n))));
    await first.close();
    const file = join(place, 'hub.1.journal');
    writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from('00000000 4 {"torn":')]));
    const second = open(place);
    expect(second.found).toEqual([1, 2, 3].map(record));
    expect(second.warnings[0]).toContain('torn or damaged');
    await append(second, record(4));
    await second.close();
    const third = open(place);
    expect(third.found).toEqual([1, 2, 3, 4].map(record));
    expect(third.warnings).toEqual([]);
    await third.close();
  });

  test('a large journal is rewritten as a snapshot at the next start', async () => {
    const place = directory();
    const first = open(place);
    for (let n = 0; n < 50; n += 1) await append(first, record(n));
    await first.close();
    const second = open(place, { compactAbove: 1000, state: ['"all of it"'] });
    await append(second, '"and more"');
    await second.close();
    expect(readdirSync(place).filter((name) => name.endsWith('.journal'))).toEqual(['hub.2.journal']);
    const third = open(place);
    expect(third.found).toEqual(['"all of it"', '"and more"']);
    await third.close();
  });

  test('records of one turn are acknowledged in order', async () => {
    const store = open(directory());
    const order: number[] = [];
    await Promise.all([1, 2, 3].map((n) => append(store, record(n)).then(() => order.push(n))));
    expect(order).toEqual([1, 2, 3]);
    await store.close();
  });

  test('a store in use by a living process is refused, one left by a dead process is taken', async () => {
    const place = directory();
    const store = open(place);
    expect(() => open(place)).toThrow('in use by process');
    await store.close();
    writeFileSync(join(place, 'lock'), JSON.stringify({ pid: process.pid, started: 'long ago' }));
    await open(place).close();
  });
});
