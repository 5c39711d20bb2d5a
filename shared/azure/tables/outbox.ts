import { z } from 'zod';
import { ProblemCode } from '../../contracts/problem';
import { ProblemError } from '../../errors';
import type { Outbox, OutboxEntry } from '../../ports/outbox';
import { problem } from '../../problem';
import { fromChunks, toChunks } from './chunks';
import { keyPart, newestFirst, oldestFirst } from './keys';
import { patiently } from './patiently';
import { below, type Change, parallelGets, type Row, type Table } from './table';

const PARTITION = 'outbox';
const LETTER = 'letter:';
const PENDING = 'pending:';

const Entry = z.strictObject({
  key: z.string(),
  letter: z.strictObject({ to: z.array(z.string()), subject: z.string(), text: z.string(), html: z.string() }),
  queued: z.string(),
  sent: z.string().nullable(),
  failed: ProblemCode.nullable().default(null),
  again: z.string().nullable().default(null),
});

const entryOf = (row: Row): OutboxEntry => Entry.parse(fromChunks(row.values));
const keyOf = (key: string): string => `key:${keyPart(key)}`;
const letterOf = (key: string, queued: Date): string => `${LETTER}${newestFirst(queued)}:${keyPart(key)}`;
const pendingOf = (key: string, turn: Date): string => `${PENDING}${oldestFirst(turn)}:${keyPart(key)}`;

/**
 * The outbox in one partition: a row that makes the key unique, the letter itself (newest first), and, until it is
 * sent, a row that lists it as pending, by its turn. So neither reading grows with what was sent long ago.
 */
export function tableOutbox(table: Table, now: () => Date): Outbox {
  /** Changes a letter that is not sent yet; `listed` is its row among the pending ones. */
  const change = async (
    key: string,
    to: (entry: OutboxEntry, listed: string, letter: string) => { entry: OutboxEntry; also: Change[] },
  ): Promise<void> => {
    const known = await table.get(PARTITION, keyOf(key));
    if (!known) throw unknown(key);
    const letter = letterOf(key, new Date(known.values['queued'] ?? ''));
    await patiently(key, async () => {
      const row = await table.get(PARTITION, letter);
      if (!row) throw unknown(key);
      const entry = entryOf(row);
      if (entry.sent !== null) return true;
      const next = to(entry, pendingOf(key, new Date(entry.again ?? entry.queued)), letter);
      const replaced: Change = { do: 'replace', key: letter, etag: row.etag, values: toChunks(next.entry) };
      return (await table.change(PARTITION, [replaced, ...next.also])) || null;
    });
  };

  return {
    async queue(key, letter) {
      const at = now();
      const queued = at.toISOString();
      const entry: OutboxEntry = { key, letter, queued, sent: null, failed: null, again: null };
      // False means that the key is there already, which is as good.
      await table.change(PARTITION, [
        { do: 'insert', key: keyOf(key), values: { queued } },
        { do: 'insert', key: letterOf(key, at), values: toChunks(entry) },
        { do: 'insert', key: pendingOf(key, at), values: { letter: letterOf(key, at) } },
      ]);
    },

    async pending(limit) {
      // Those that were not taken lie behind all others, by the time at which their turn comes.
      const waiting = await table.range(PARTITION, PENDING, below(PENDING), limit);
      const letters = await parallelGets(waiting, (row) => table.get(PARTITION, row.values['letter'] ?? ''));
      const time = now().toISOString();
      return letters
        .flatMap((row) => (row ? [entryOf(row)] : []))
        .filter(({ sent, again }) => sent === null && (again === null || again <= time));
    },

    sent: (key) =>
      change(key, (entry, listed) => ({
        entry: { ...entry, sent: now().toISOString(), failed: null, again: null },
        also: [{ do: 'delete', key: listed }],
      })),

    failed: (key, code, again) =>
      change(key, (entry, listed, letter) => {
        const next = pendingOf(key, again);
        const moved: Change[] = [
          { do: 'delete', key: listed },
          { do: 'insert', key: next, values: { letter } },
        ];
        return {
          entry: { ...entry, failed: code, again: again.toISOString() },
          also: next === listed ? [] : moved,
        };
      }),

    list: async (limit) => (await table.range(PARTITION, LETTER, below(LETTER), limit)).map(entryOf),
  };
}

const unknown = (key: string): ProblemError =>
  new ProblemError(problem('NOT_FOUND', 'outbox', `No letter was queued under the key ${key}.`, 'Queue it first.'));
