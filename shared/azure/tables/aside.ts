import { patiently } from './patiently';
import type { Change, Table } from './table';

const KEY = 'aside';

/** A counter in the partition of the source: whoever computes from silver keeps the count that it began with. */
export const notesAside = (table: Table) => ({
  noteAside: async (source: string): Promise<void> => {
    await patiently(source, async () => {
      const row = await table.get(source, KEY);
      const values = { count: String(BigInt(row?.values['count'] ?? '0') + 1n) };
      const change: Change = row
        ? { do: 'replace', key: KEY, etag: row.etag, values }
        : { do: 'insert', key: KEY, values };
      return (await table.change(source, [change])) || null;
    });
  },

  asides: async (source: string): Promise<string> => (await table.get(source, KEY))?.values['count'] ?? '0',
});
