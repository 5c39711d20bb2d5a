import type { Window } from '../../shared/contracts/window';

/** A planned first window of the users, with what a test wants otherwise. */
export const aWindow = (rest: Partial<Window> = {}): Window => ({
  source: 'users',
  number: '1',
  state: 'planned',
  mode: 'snapshot',
  lower: null,
  upper: null,
  follows: false,
  attempt: '1',
  run: '20260101T000000-0000abcd',
  catalog: '3',
  files: [],
  account: null,
  reading: null,
  manifest: null,
  problem: null,
  schema: null,
  outcome: null,
  byFile: [],
  changed: '2026-01-01T00:00:00.000Z',
  ...rest,
});
