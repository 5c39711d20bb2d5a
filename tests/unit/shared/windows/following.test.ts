import { describe, expect, test } from 'vitest';
import type { Reading } from '../../../../shared/contracts/cursor';
import type { Window } from '../../../../shared/contracts/window';
import { following } from '../../../../shared/windows/following';
import { aWindow } from '../../../support/windows';

const reading = (complete: boolean): Reading => ({
  guarantee: 'read-point',
  readPoint: '30',
  complete,
  from: null,
  withoutCursor: '0',
  ahead: false,
  sighting: null,
});
const planned = (over: Partial<Window> = {}) => aWindow({ lower: '10', upper: null, state: 'planned', ...over });
const ended = (over: Partial<Window> = {}) =>
  planned({ state: 'applied', upper: '20', reading: reading(false), ...over });

describe('what comes after a window', () => {
  test('nothing, once the read point of the start is reached, or where there is none', () => {
    expect(following(ended({ upper: '30', reading: reading(true) }), planned(), null)).toBeNull();
    expect(following(ended({ reading: null }), planned(), null)).toBeNull();
  });

  test('another up to the read point that the first one saw', () => {
    expect(following(ended(), planned(), null)).toEqual({ until: '30' });
    expect(following(ended(), planned({ upper: '25' }), '25')).toEqual({ until: '25' });
  });

  test('one as far as the source allows, behind an older window with bounds of its own', () => {
    expect(following(ended(), planned({ state: 'landed', upper: '20' }), null)).toEqual({ until: null });
    expect(following(ended(), planned({ upper: '20' }), null)).toEqual({ until: null });
    expect(following(ended({ upper: '10' }), planned({ state: 'landed', upper: '10' }), null)).toEqual({ until: null });
  });

  test('nothing, behind one that came no further: a lane that ends above the read point would never end', () => {
    const still = ended({ upper: '10', reading: { ...reading(true), readPoint: '10' } });
    expect(following(still, planned({ upper: '20' }), null)).toBeNull();
  });
});
