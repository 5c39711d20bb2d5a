import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromChunks, toChunks } from '../../../../../shared/azure/tables/chunks';

test('a value comes back from its chunks, whatever falls on their borders', () => {
  const text = fc.tuple(
    fc.integer({ min: 31_980, max: 32_020 }),
    fc.string({ unit: 'binary' }),
    fc.integer({ max: 9 }),
  );
  fc.assert(
    fc.property(text, ([length, tail, more]) => {
      const value = { text: 'a'.repeat(length) + tail + '😀'.repeat(20_000), more };
      const chunks = toChunks(value);
      for (const chunk of Object.values(chunks)) {
        expect(chunk.length).toBeLessThanOrEqual(32_000);
        expect(Buffer.from(chunk, 'utf8').toString('utf8')).toBe(chunk);
      }
      expect(fromChunks(chunks)).toEqual(value);
    }),
    { numRuns: 50 },
  );
}, 60_000);

test('what one entity cannot hold is refused with its size', () => {
  expect(() => toChunks('a'.repeat(480_001))).toThrow(/480003 characters/);
});
