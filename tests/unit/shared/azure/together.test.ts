import { beforeEach, describe, expect, test } from 'vitest';
import { together } from '../../../../shared/azure/together';

let now = 0;
let running: Set<string>;
let lists: string[][];
let look: (run: string) => Promise<boolean>;

beforeEach(() => {
  now = 0;
  running = new Set(['a', 'b', 'c']);
  lists = [];
  look = together(
    async (runs) => {
      lists.push([...runs].sort());
      return new Set(running);
    },
    1000,
    () => now,
  );
});

describe('together', () => {
  test('questions of one moment are one list', async () => {
    expect(await Promise.all(['a', 'b', 'x'].map(look))).toEqual([true, true, false]);
    expect(lists).toEqual([['a', 'b', 'x']]);
  });

  test('a single run is worth no list', async () => {
    expect(await look('a')).toBe(false);
    expect(lists).toEqual([]);
  });

  test('a list serves who comes a little later, and is not believed for long', async () => {
    await Promise.all(['a', 'b'].map(look));
    now = 999;
    expect(await look('c')).toBe(true);
    now = 1000;
    running = new Set(['a']);
    expect(await Promise.all(['b', 'c'].map(look))).toEqual([false, false]);
    expect(lists).toHaveLength(2);
  });

  test('a list that fails fails those who asked, and the next ones ask anew', async () => {
    let broken = true;
    const shaky = together(
      async () => {
        if (broken) throw new Error('no list');
        return running;
      },
      1000,
      () => now,
    );
    const both = await Promise.allSettled(['a', 'b'].map(shaky));
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    broken = false;
    expect(await Promise.all(['a', 'b'].map(shaky))).toEqual([true, true]);
  });
});
