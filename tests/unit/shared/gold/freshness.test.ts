import { describe, expect, test } from 'vitest';
import type { Window } from '../../../../shared/contracts/window';
import { datasetAsOf, type Feeding, freshness } from '../../../../shared/gold/freshness';
import type { Publication } from '../../../../shared/ports/publications';
import { plannedWindow } from '../../../support/ledgerWindows';

const at = (hour: number): string => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
const NOW = new Date(at(20));
const window = (number: number, hour: number, landed = '5'): Window =>
  plannedWindow({
    number: String(number),
    state: 'committed',
    changed: at(hour),
    account: { counted: null, read: landed, landed, rejected: '0' },
  });
/** A source as its windows leave it, newest first. */
const fed = (windows: Window[], rest: Partial<Feeding> = {}): Omit<Feeding, 'source'> => ({
  table: 'users',
  windows,
  whole: true,
  asides: '0',
  read: true,
  watermark: {
    source: 'users',
    cursor: null,
    window: windows[0]?.number ?? '0',
    run: '20260101T000000-0000abcd',
    committed: windows[0]?.changed ?? at(0),
    sighting: null,
  },
  ...rest,
});
const form = (inputs: Record<string, string>): Publication => ({
  dataset: 'totals',
  run: '20260101T000000-0000abcd',
  serial: '1',
  rows: '1',
  published: 'p',
  exported: 'e',
  at: at(3),
  inputs,
});
const asOf = (publication: Publication | null, sources: Record<string, Omit<Feeding, 'source'>>) =>
  datasetAsOf(
    publication,
    Object.entries(sources).map(([source, feeding]) => ({ ...feeding, source })),
    NOW,
  );

describe('a dataset is as old as', () => {
  test('the last look at its table, when it holds all of it', () => {
    expect(asOf(form({ users: '2' }), { users: fed([window(3, 9, '0'), window(2, 5)]) })).toBe(at(9));
  });

  test('the first window that it lacks', () => {
    expect(
      asOf(form({ users: '1' }), { users: fed([window(4, 9), window(3, 7, '0'), window(2, 6), window(1, 2)]) }),
    ).toBe(at(6));
  });

  test('the oldest of its sources', () => {
    expect(asOf(form({ users: '2', orders: '1' }), { users: fed([window(2, 5)]), orders: fed([window(1, 4)]) })).toBe(
      at(4),
    );
  });

  test('its last form, when rows came beside the windows', () => {
    expect(asOf(form({ users: '2', 'users/asides': '1' }), { users: fed([window(2, 5)], { asides: '2' }) })).toBe(
      at(3),
    );
    expect(asOf(form({ users: '2', 'users/asides': '2' }), { users: fed([window(2, 5)], { asides: '2' }) })).toBe(
      at(5),
    );
  });

  test('now, when it holds every file that came: one that did not come is no fault of it', () => {
    expect(asOf(form({ files: '1' }), { files: fed([window(1, 1)], { read: false }) })).toBe(NOW.toISOString());
    expect(asOf(form({ files: '1' }), { files: fed([window(2, 8), window(1, 1)], { read: false }) })).toBe(at(8));
  });

  test('nothing, when it was never published', () => {
    expect(asOf(null, { users: fed([window(1, 1)]) })).toBeNull();
  });
});

test.each([
  [at(14), 6, false],
  [at(13), 6, true],
  [at(13), null, false],
  [null, 6, false],
])('what is of %s under a limit of %s hours is late: %s', (then, limitHours, late) => {
  expect(freshness(then, limitHours, NOW)).toEqual({ asOf: then, limitHours, late });
});
