import { ProblemError } from '../../shared/errors';
import type { Outbox, OutboxEntry } from '../../shared/ports/outbox';
import { problem } from '../../shared/problem';

/** The outbox in memory. */
export function fakeOutbox(now: () => Date = () => new Date()): Outbox {
  const entries = new Map<string, OutboxEntry>();
  const entryOf = (key: string): OutboxEntry => {
    const entry = entries.get(key);
    if (!entry) throw new ProblemError(problem('NOT_FOUND', 'outbox', `No letter under ${key}.`, 'Queue it first.'));
    return entry;
  };
  return {
    async queue(key, letter) {
      const queued = now().toISOString();
      if (!entries.has(key)) entries.set(key, { key, letter, queued, sent: null, failed: null, again: null });
    },
    async pending(limit) {
      const turn = ({ queued, again }: OutboxEntry) => again ?? queued;
      const waiting = [...entries.values()].filter(({ sent }) => sent === null);
      const first = waiting.sort((a, b) => turn(a).localeCompare(turn(b))).slice(0, limit);
      return first.filter(({ again }) => again === null || again <= now().toISOString());
    },
    async sent(key) {
      const entry = entryOf(key);
      entries.set(key, { ...entry, sent: entry.sent ?? now().toISOString(), failed: null, again: null });
    },
    async failed(key, code, again) {
      const entry = entryOf(key);
      if (entry.sent === null) entries.set(key, { ...entry, failed: code, again: again.toISOString() });
    },
    list: async (limit) => [...entries.values()].reverse().slice(0, limit),
  };
}
