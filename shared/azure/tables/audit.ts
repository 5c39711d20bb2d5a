import { AuditEntry } from '../../contracts/audit';
import { ProblemError } from '../../errors';
import type { Audit } from '../../ports/audit';
import { problem } from '../../problem';
import { fromChunks, toChunks } from './chunks';
import { keyPart, reversed } from './keys';
import { patiently } from './patiently';
import { below, type Row, type Table } from './table';

const PARTITION = 'audit';
const ENTRY = 'entry:';

const entryOf = (row: Row): AuditEntry => AuditEntry.parse(fromChunks(row.values));
const placeOf = (id: string): string => `${ENTRY}${reversed(id)}`;

/** Entries in one partition under their reversed ids, so the newest come first; a row a key makes a repeat the same entry. */
export const tableAudit = (table: Table): Audit => ({
  open: (key, entry) =>
    patiently('audit', async () => {
      const keyRow = `key:${keyPart(key)}`;
      const known = await table.get(PARTITION, keyRow);
      if (known) {
        const row = await table.get(PARTITION, placeOf(known.values['id'] ?? ''));
        return row && entryOf(row);
      }
      const made = await table.change(PARTITION, [
        { do: 'insert', key: keyRow, values: { id: entry.id } },
        { do: 'insert', key: placeOf(entry.id), values: toChunks(AuditEntry.parse(entry)) },
      ]);
      return made ? entry : null;
    }),

  async close(id, end) {
    await patiently('audit', async () => {
      const row = await table.get(PARTITION, placeOf(id));
      if (!row) throw unknown(id);
      const entry = entryOf(row);
      if (entry.outcome === 'done') return true;
      const values = toChunks({ ...entry, ...end });
      return (await table.change(PARTITION, [{ do: 'replace', key: row.key, etag: row.etag, values }])) || null;
    });
  },

  async list(limit, before) {
    // '!' sorts right behind the end of the key: the entry itself is not listed again.
    const from = before === undefined ? ENTRY : `${placeOf(before)}!`;
    return (await table.range(PARTITION, from, below(ENTRY), limit)).map(entryOf);
  },
});

const unknown = (id: string): ProblemError =>
  new ProblemError(problem('NOT_FOUND', 'audit', `There is no entry ${id}.`, 'Open it first.'));
