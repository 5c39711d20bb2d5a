import type { Step } from '../../../shared/contracts/run';

const layers = {
  wait: 'line',
  look: 'bronze',
  fetch: 'bronze',
  copy: 'bronze',
  land: 'bronze',
  apply: 'silver',
  commit: 'silver',
  keys: 'bronze',
  deletes: 'silver',
  check: 'bronze',
  sums: 'bronze',
  compare: 'silver',
  rows: 'bronze',
  trace: 'silver',
  publish: 'gold',
  export: 'gold',
  reconcile: 'gold',
  notify: 'mail',
  maintain: 'silver',
  erase: 'silver',
  sweep: 'bronze',
  purge: 'mail',
  expire: 'bronze',
} as const;

/** The layer of the lake that a step writes, or the line that it waits in; it gives the bar its colour. */
export const layerOf = (name: Step['name']): (typeof layers)[Step['name']] => layers[name];
