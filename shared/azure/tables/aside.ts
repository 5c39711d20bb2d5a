import { plus1 } from '../../contracts/counts';
import { noteOf } from './events';
import { patiently } from './patiently';
import type { Change, Table } from './table';

const KEY = 'aside';

/**
 * A counter in the partition of the source, and an entry of its history in the same transaction: whoever computes from
 * silver keeps the count that it began with. It needs no lease, for lanes and replays hold other ones.
 */
export const notesAside = (table: Table, now: () => Date) => ({
  noteAside: async (source: string, run: string, detail: string): Promise<void> => {
    await patiently(source, async () => {
      const row = await table.get(source, KEY);
      const values = { count: plus1(row?.values['count'] ?? '0') };
      const change: Change = row
        ? { do: 'replace', key: KEY, etag: row.etag, values }
        : { do: 'insert', key: KEY, values };
      const at = now();
      const note = noteOf({ at: at.toISOString(), what: 'changed', run, detail }, at, values.count);
      return (await table.change(source, [change, note])) || null;
    });
  },

  asides: async (source: string): Promise<string> => (await table.get(source, KEY))?.values['count'] ?? '0',
});
