import { expect, test } from 'vitest';
import type { Lane } from '../../../../shared/contracts/lane';
import { cutShort } from '../../../../shared/windows/lane';
import { aWindow } from '../../../support/windows';

const range: Lane = { kind: 'range', name: 'r-0001', from: '10', until: '20' };
const replay: Lane = { kind: 'replay', name: 'r-0001', window: aWindow() };

test('a range is cut short when its last window ends below its end, and says how far it came', () => {
  expect(cutShort(range, aWindow({ lower: '10', upper: '15' }))?.why).toContain('(10, 20] was read up to 15:');
  expect(cutShort(range, aWindow())?.why).toContain('was read up to 10:');
});

test('a range that was read to its end is not cut short, nor is a window that was read before, wherever it ends', () => {
  expect(cutShort(range, aWindow({ lower: '15', upper: '20' }))).toBeNull();
  // A window of files has no bounds at all.
  for (const upper of [null, '15', '20']) expect(cutShort(replay, aWindow({ upper }))).toBeNull();
});
