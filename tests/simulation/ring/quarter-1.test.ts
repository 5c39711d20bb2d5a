import { expect, test } from 'vitest';
import { playQuarter } from '../ring';

test('no story of the first quarter breaks a promise', async () => {
  const { struck, missing } = await playQuarter(1);
  expect(missing).toEqual([]);
  expect(struck).toBeGreaterThan(100);
});
