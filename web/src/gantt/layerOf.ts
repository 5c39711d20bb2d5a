import type { Step } from '../../../shared/contracts/run';

const layers = {
  look: 'bronze',
  fetch: 'bronze',
  copy: 'bronze',
  land: 'bronze',
  apply: 'silver',
  commit: 'silver',
  keys: 'bronze',
  deletes: 'silver',
  publish: 'gold',
  export: 'gold',
  reconcile: 'gold',
  notify: 'mail',
} as const;

/** The layer of the lake that a step writes; it gives the bar its colour. */
export const layerOf = (name: Step['name']): (typeof layers)[Step['name']] => layers[name];
