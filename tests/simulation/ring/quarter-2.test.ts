import { expect, test } from 'vitest';
import { playQuarter } from '../ring';

test('no story of the second quarter breaks a promise', async () => {
  const { struck, missing } = await playQuarter(2);
  expect(missing).toEqual([]);
  expect(struck).toBeGreaterThan(100);
});
