import type { Table } from '../contracts/catalog';
import type { Window } from '../contracts/window';

/**
 * The windows of a run that can be merged once more without silver moving: committed, and not empty. Where rows have no
 * order, or a window is the whole table, only the newest one: an older one would win over what came after it.
 * @param windows of the source, newest first
 */
export function replayable(windows: readonly Window[], run: string, { order, replace }: Table): Window[] {
  const committed = windows.filter(({ state, account }) => state === 'committed' && account?.landed !== '0');
  const candidates = replace || order.length === 0 ? committed.slice(0, 1) : committed;
  return candidates.filter((window) => window.run === run && window.manifest !== null).reverse();
}
