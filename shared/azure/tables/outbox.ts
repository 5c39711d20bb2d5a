import { z } from 'zod';
import { ProblemError } from '../../errors';
import type { Outbox, OutboxEntry } from '../../ports/outbox';
import { problem } from '../../problem';
import { fromChunks, toChunks } from './chunks';
import { keyPart, newestFirst, oldestFirst } from './keys';
import { patiently } from './patiently';
import { below, parallelGets, type Row, type Table } from './table';

const PARTITION = 'outbox';
const LETTER = 'letter:';
const PENDING = 'pending:';

const Entry = z.strictObject({
  key: z.string(),
  letter: z.strictObject({ to: z.array(z.string()), subject: z.string(), text: z.string(), html: z.string() }),
  queued: z.string(),
  sent: z.string().nullable(),
});

const entryOf = (row: Row): OutboxEntry => Entry.parse(fromChunks(row.values));
const keyOf = (key: string): string => `key:${keyPart(key)}`;
const letterOf = (key: string, queued: Date): string => `${LETTER}${newestFirst(queued)}:${keyPart(key)}`;
const pendingOf = (key: string, queued: Date): string => `${PENDING}${oldestFirst(queued)}:${keyPart(key)}`;

/**
 * The outbox in one partition: a row that makes the key unique, the letter itself (newest first), and, until it is
 * sent, a row that lists it as pending (oldest first). So neither reading grows with what was sent long ago.
 */
export function tableOutbox(table: Table, now: () => Date): Outbox {
  const queuedAt = async (key: string): Promise<Date | null> => {
    const row = await table.get(PARTITION, keyOf(key));
    return row && new Date(row.values['queued'] ?? '');
  };

  return {
    async queue(key, letter) {
      const at = now();
      const queued = at.toISOString();
      const entry: OutboxEntry = { key, letter, queued, sent: null };
      // False means that the key is there already, which is as good.
      await table.change(PARTITION, [
        { do: 'insert', key: keyOf(key), values: { queued } },
        { do: 'insert', key: letterOf(key, at), values: toChunks(entry) },
        { do: 'insert', key: pendingOf(key, at), values: { letter: letterOf(key, at) } },
      ]);
    },

    async pending(limit) {
      const waiting = await table.range(PARTITION, PENDING, below(PENDING), limit);
      const letters = await parallelGets(waiting, (row) => table.get(PARTITION, row.values['letter'] ?? ''));
      return letters.flatMap((row) => (row ? [entryOf(row)] : [])).filter(({ sent }) => sent === null);
    },

    async sent(key) {
      const at = await queuedAt(key);
      if (!at) throw unknown(key);
      await patiently(key, async () => {
        const row = await table.get(PARTITION, letterOf(key, at));
        if (!row) throw unknown(key);
        const entry = entryOf(row);
        if (entry.sent !== null) return true;
        const values = toChunks({ ...entry, sent: now().toISOString() });
        const changed = await table.change(PARTITION, [
          { do: 'replace', key: row.key, etag: row.etag, values },
          { do: 'delete', key: pendingOf(key, at) },
        ]);
        return changed || null;
      });
    },

    list: async (limit) => (await table.range(PARTITION, LETTER, below(LETTER), limit)).map(entryOf),
  };
}

const unknown = (key: string): ProblemError =>
  new ProblemError(problem('NOT_FOUND', 'outbox', `No letter was queued under the key ${key}.`, 'Queue it first.'));
