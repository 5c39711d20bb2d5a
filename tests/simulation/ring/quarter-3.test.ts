import { expect, test } from 'vitest';
import { playQuarter } from '../ring';

test('no story of the third quarter breaks a promise', async () => {
  const { struck, missing } = await playQuarter(3);
  expect(missing).toEqual([]);
  expect(struck).toBeGreaterThan(100);
});
