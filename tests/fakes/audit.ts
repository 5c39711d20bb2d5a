import { AuditEntry } from '../../shared/contracts/audit';
import { ProblemError } from '../../shared/errors';
import type { Audit } from '../../shared/ports/audit';
import { problem } from '../../shared/problem';

/** The audit in memory. */
export function fakeAudit(): Audit {
  const byKey = new Map<string, string>();
  const entries = new Map<string, AuditEntry>();
  return {
    async open(key, entry) {
      const known = entries.get(byKey.get(key) ?? '');
      if (known) return known;
      byKey.set(key, entry.id);
      entries.set(entry.id, AuditEntry.parse(entry));
      return entry;
    },
    async close(id, end) {
      const entry = entries.get(id);
      if (!entry) throw new ProblemError(problem('NOT_FOUND', 'audit', `There is no entry ${id}.`, 'Open it first.'));
      if (entry.outcome !== 'done') entries.set(id, { ...entry, ...end });
    },
    async list(limit, before) {
      const newestFirst = [...entries.values()].sort((a, b) => (a.id > b.id ? -1 : 1));
      return newestFirst.filter(({ id }) => before === undefined || id < before).slice(0, limit);
    },
  };
}
