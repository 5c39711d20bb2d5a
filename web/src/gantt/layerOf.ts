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
  maintain: 'silver',
  erase: 'silver',
  sweep: 'bronze',
  purge: 'record',
  expire: 'bronze',
} as const satisfies Record<Step['name'], string>;

/** The layer of the lake that a step writes, the line that it waits in, or the record of runs: the colour of its bar. */
export const layerOf = (name: Step['name']): (typeof layers)[Step['name']] => layers[name];

/** The steps of each layer, for people to look up. */
export const legend = (['bronze', 'silver', 'gold', 'line', 'record'] as const).map((layer) => ({
  layer,
  steps: Object.keys(layers).filter((name) => layerOf(name as Step['name']) === layer),
}));
