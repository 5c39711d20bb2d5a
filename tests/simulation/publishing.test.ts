import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromChunks, toChunks } from '../../shared/azure/tables/chunks';
import type { Table } from '../../shared/azure/tables/table';
import type { Invariant } from './checks/findings';
import { firstBroken } from './ring';
import type { Scenario } from './scenario';
import type { Twist } from './simulate';
import { ports } from './twists';

/** Whatever form is on record is taken for an older one. */
const blindRecord = (table: Table): Table => ({
  ...table,
  async get(partition, key) {
    const row = await table.get(partition, key);
    if (!row || partition !== 'publications') return row;
    return { ...row, values: toChunks({ ...(fromChunks(row.values) as object), serial: '0' }) };
  },
});

/** Whatever file lies in a place is taken for an older one. */
const blindPlaces = (): Twist =>
  ports(({ lake }) => ({
    lake: {
      ...lake,
      async marked(container, path) {
        const found = await lake.marked(container, path);
        return found && { ...found, mark: null };
      },
    },
  }));

/** A file takes the place of whatever lies there by then. */
const blindMoves = (): Twist =>
  ports(({ lake }) => ({
    lake: {
      ...lake,
      async move(container, from, to, mark) {
        const there = await lake.marked(container, to);
        return lake.move(container, from, to, mark, there?.etag ?? null);
      },
    },
  }));

/** The first copy out, or the first look at a place, takes so long that the run of a file publishes meanwhile. */
const slowExport: Scenario['faults'] = [{ place: 'factory.work', nth: 3, kind: 'late' }];
const slowLook: Scenario['faults'] = [{ place: 'lake.marked', nth: 1, kind: 'late' }];

const planted: readonly [fault: string, twist: () => Twist, breaks: Invariant, faults: Scenario['faults']][] = [
  ['the record takes any form', () => ({ table: blindRecord }), 'C12', slowExport],
  ['a place takes any file', blindPlaces, 'C12', slowExport],
  ['a place takes a file whatever lies there by then', blindMoves, 'C12', slowLook],
];

/** A run of both sources, and one of a file that comes while the first one publishes, under every chance. */
const atOnce = (faults: Scenario['faults']): fc.Arbitrary<Scenario> =>
  fc.nat().map((chance) => ({
    chance,
    tick: 1,
    writes: [],
    faults,
    triggers: [
      { at: 0, kind: 'http' },
      { at: 20 + (chance % 50), kind: 'file' },
    ],
  }));

test.each(planted)(
  'of two runs that publish at once the older one is found out when %s',
  async (_, twist, breaks, faults) => {
    expect(await firstBroken(twist(), [breaks], 40, atOnce(faults))).toContain(breaks);
  },
);

test.each(planted)('no promise is broken in the story that shows when %s', async (_fault, _twist, _breaks, faults) => {
  expect(await firstBroken({}, [], 5, atOnce(faults))).toEqual([]);
});
