import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hrefOf, parseRoute } from '../../../../web/src/route/route';

describe('a place', () => {
  test('comes back from its address, whatever its names and filters hold', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 3 }), fc.dictionary(text, text), (path, query) => {
        expect(parseRoute(hrefOf(path, query))).toEqual({ path, query: { ...query } });
      }),
    );
  });

  test('has an address without its empty filters', () => {
    expect(hrefOf(['runs'], { status: '', trigger: 'blob' })).toBe('#/runs?trigger=blob');
  });

  test('is read from an address that is no valid escape', () => {
    expect(parseRoute('#/runs/%E0%A4%A').path).toEqual(['runs', '%E0%A4%A']);
  });
});
