import type { Step } from './run';

/** Which service does the work of a step; null: the app does it itself. */
export const serviceOf = {
  wait: null,
  look: 'factory',
  fetch: 'factory',
  copy: 'factory',
  land: null,
  apply: 'notebooks',
  commit: null,
  keys: 'factory',
  deletes: 'notebooks',
  check: null,
  sums: 'factory',
  compare: 'notebooks',
  rows: 'factory',
  trace: 'notebooks',
  publish: 'notebooks',
  export: 'factory',
  reconcile: null,
  maintain: 'notebooks',
  sweep: null,
  purge: null,
  expire: 'factory',
  erase: 'notebooks',
} as const satisfies Record<Step['name'], 'factory' | 'notebooks' | null>;
