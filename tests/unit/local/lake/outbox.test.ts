import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Entry, outbox } from '../../../../local/lake/outbox';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidemark-outbox-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const entry = (id: string): Entry => ({ endpoint: 'https://127.0.0.1/hook', event: { id } });

describe('the event outbox', () => {
  test('tries again until a delivery succeeds, and only then forgets', async () => {
    const attempts: number[] = [];
    const box = await outbox(directory, async (_, attempt) => attempts.push(attempt) === 3, 1);
    (await box.put(entry('a'))).send();
    await vi.waitFor(async () => expect(await readdir(directory)).toEqual([]));
    expect(attempts).toEqual([1, 2, 3]);
    await box.close();
  });

  test('counts an error of the delivery as "again later"', async () => {
    let calls = 0;
    const box = await outbox(
      directory,
      async () => {
        calls += 1;
        if (calls === 1) throw new Error('connection refused');
        return true;
      },
      1,
    );
    (await box.put(entry('a'))).send();
    await vi.waitFor(async () => expect(await readdir(directory)).toEqual([]));
    expect(calls).toBe(2);
    await box.close();
  });

  test('delivers after a restart what was written and never sent', async () => {
    const before = await outbox(directory, async () => false, 1);
    await before.put(entry('crashed-before-send'));
    await before.close();
    const delivered: string[] = [];
    const after = await outbox(directory, async ({ event }) => delivered.push(event.id) > 0, 1);
    await vi.waitFor(() => expect(delivered).toEqual(['crashed-before-send']));
    await after.close();
  });

  test('sends nothing that was taken back', async () => {
    const delivered: string[] = [];
    const box = await outbox(directory, async ({ event }) => delivered.push(event.id) > 0, 1);
    await (await box.put(entry('a'))).withdraw();
    expect(await readdir(directory)).toEqual([]);
    await box.close();
    expect(delivered).toEqual([]);
  });
});
