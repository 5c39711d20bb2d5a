import { ProblemError } from '../../shared/errors';
import type { Outbox, OutboxEntry } from '../../shared/ports/outbox';
import { problem } from '../../shared/problem';

/** The outbox in memory. */
export function fakeOutbox(now: () => Date = () => new Date()): Outbox {
  const entries = new Map<string, OutboxEntry>();
  return {
    async queue(key, letter) {
      if (!entries.has(key)) entries.set(key, { key, letter, queued: now().toISOString(), sent: null });
    },
    pending: async (limit) => [...entries.values()].filter(({ sent }) => sent === null).slice(0, limit),
    async sent(key) {
      const entry = entries.get(key);
      if (!entry) throw new ProblemError(problem('NOT_FOUND', 'outbox', `No letter under ${key}.`, 'Queue it first.'));
      entries.set(key, { ...entry, sent: entry.sent ?? now().toISOString() });
    },
    list: async (limit) => [...entries.values()].reverse().slice(0, limit),
  };
}
