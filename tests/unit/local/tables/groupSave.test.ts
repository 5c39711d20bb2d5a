import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { groupSave } from '../../../../local/tables/groupSave';

/** A store whose saves take a moment; `disk` is what a crash would leave. */
function store(fail = () => false) {
  const state = { memory: 0, disk: 0, dirty: false, saves: 0 };
  const saves = groupSave(
    () => state.dirty,
    async () => {
      state.saves += 1;
      state.dirty = false;
      const snapshot = state.memory;
      await sleep(5);
      if (fail()) throw new Error('disk full');
      state.disk = snapshot;
    },
  );
  const write = () => {
    state.memory += 1;
    state.dirty = true;
    return saves.settled();
  };
  return { state, saves, write };
}

describe('group saving', () => {
  test('acknowledges a write only when it is on disk', async () => {
    const { state, write } = store();
    for (let i = 1; i <= 5; i += 1) {
      await write();
      expect(state.disk).toBeGreaterThanOrEqual(i);
    }
  });

  test('lets writes that wait share a save', async () => {
    const { state, write } = store();
    await Promise.all(Array.from({ length: 50 }, write));
    expect(state).toMatchObject({ disk: 50, saves: 1 });
  });

  test('does not count a write into a save whose snapshot was taken before it', async () => {
    const { state, write } = store();
    const first = write();
    await sleep(2);
    expect(state.saves).toBe(1);
    await write();
    expect(state.disk).toBe(2);
    await first;
  });

  test('makes a reader wait for a save of what it has read, and nobody when all is saved', async () => {
    const { state, saves, write } = store();
    const writing = write();
    await saves.settled();
    expect(state.disk).toBe(1);
    await writing;
    await saves.settled();
    expect(state.saves).toBe(1);
  });

  test('refuses everyone who waited for a failed save and saves again for the next', async () => {
    let full = true;
    const { state, saves, write } = store(() => full);
    await expect(write()).rejects.toThrow('disk full');
    full = false;
    await saves.settled();
    expect(state.disk).toBe(1);
  });
});
