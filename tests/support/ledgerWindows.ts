import type { InputFile, Window } from '../../shared/contracts/window';

export const RUN_A = '20261122T181500-aaaaaaaa';
export const RUN_B = '20261122T181501-bbbbbbbb';

/** A planned window of the source `users`, with what a test says differently. */
export const plannedWindow = (over: Partial<Window> = {}): Window => ({
  source: 'users',
  number: '1',
  state: 'planned',
  mode: 'incremental',
  lower: null,
  upper: '2026-11-22 18:15:00.000000',
  follows: false,
  attempt: '1',
  run: RUN_A,
  catalog: '1',
  files: [],
  account: null,
  reading: null,
  manifest: null,
  problem: null,
  schema: null,
  outcome: null,
  byFile: [],
  changed: '2026-11-22T18:15:00.000Z',
  ...over,
});

/** A content hash that differs by its number. */
export const hashOf = (number: number): string => number.toString(16).padStart(64, '0');

export const inputFiles = (from: number, count: number): InputFile[] =>
  Array.from({ length: count }, (_, index) => {
    const sha256 = hashOf(from + index);
    return { path: `reports/${from + index}.csv`, name: `${from + index}.csv`, bytes: '12', sha256 };
  });
