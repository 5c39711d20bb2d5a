import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highestFirst, keyPart, newestFirst, oldestFirst, reversed } from '../../../../../shared/azure/tables/keys';

const less = (a: string, b: string): boolean => a < b;

test('reversing turns the order of run ids around, and twice is nothing', () => {
  const id = fc
    .tuple(
      fc.date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true }),
      fc.string({ unit: fc.constantFrom(...'0az9f'), minLength: 8, maxLength: 8 }),
    )
    .map(([at, tail]) => `${at.toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}-${tail}`);
  fc.assert(
    fc.property(id, id, (a, b) => {
      expect(reversed(reversed(a))).toBe(a);
      expect(less(reversed(b), reversed(a))).toBe(less(a, b));
    }),
  );
});

test('higher numbers and newer instants come first, older ones where that is asked', () => {
  expect(['1', '10', '9', '999999999999'].sort((a, b) => (highestFirst(a) < highestFirst(b) ? -1 : 1))).toEqual([
    '999999999999',
    '10',
    '9',
    '1',
  ]);
  const [then, later] = [new Date('2026-11-22T18:15:00.000Z'), new Date('2026-11-22T18:15:00.001Z')];
  expect(less(newestFirst(later), newestFirst(then))).toBe(true);
  expect(less(oldestFirst(then), oldestFirst(later))).toBe(true);
});

test('distinct texts are distinct keys without forbidden characters', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(keyPart(a)).not.toMatch(/[/\\#?%\s]/);
      expect(keyPart(a) === keyPart(b)).toBe(a === b);
    }),
  );
  expect(keyPart('!')).not.toBe(keyPart('%21'));
});
