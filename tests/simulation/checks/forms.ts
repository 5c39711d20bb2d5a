import type { Table } from '../../../shared/azure/tables/table';
import type { LakeDisk } from '../world/lake';
import type { Findings } from './findings';
import { recordOf } from './ledger';

/** The record of published forms under the eyes of a checker: none follows one that was published after it. */
export const watchedForms = (disk: Table, { broken }: Findings): Table => ({
  ...disk,
  async change(partition, changes) {
    const serialOf = async (key: string): Promise<bigint> => {
      const row = await disk.get(partition, key);
      return BigInt(row ? String(recordOf(row.values)['serial']) : '0');
    };
    const before = await Promise.all(changes.map(({ key }) => serialOf(key)));
    const made = await disk.change(partition, changes);
    for (const [at, { key }] of changes.entries()) {
      const [was = 0n, is] = [before[at], await serialOf(key)];
      if (is < was) broken('C12', `${key}: publication ${was} goes back to ${is}`);
    }
    return made;
  },
});

/** The places of the exports under the eyes of the same checker. */
export const watchedPlaces = (disk: LakeDisk, { broken }: Findings): LakeDisk => ({
  ...disk,
  async move(container, from, to, mark, over) {
    const was = (await disk.marked(container, to))?.mark ?? '0';
    const made = await disk.move(container, from, to, mark, over);
    if (made && BigInt(mark) < BigInt(was)) broken('C12', `${to}: publication ${was} goes back to ${mark}`);
    return made;
  },
});
