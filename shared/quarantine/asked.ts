import type { QuarantinedRow, ReplayRequest } from '../contracts/quarantine';
import { ProblemError } from '../errors';
import { problem } from '../problem';
import { valuesOf } from './mask';

/** Values of columns that a person has corrected. */
export type Correction = Readonly<Record<string, string | null>>;

const refused = (where: string, why: string, next: string): ProblemError =>
  new ProblemError(problem('REQUEST_INVALID', where, why, next));

/**
 * What a replay hands to its job: the rows as the source gave them, a single one with its corrections.
 * @throws ProblemError REQUEST_INVALID for a row that is decided, and for a line that cannot be a row by itself
 */
export function askedRows(rows: readonly QuarantinedRow[], set?: Correction): ReplayRequest['rows'] {
  if (set && rows.length !== 1) throw refused('set', 'corrections are for a single row.', 'Name one id.');
  return rows.map(({ id, window, kind, payload, state }) => {
    if (state !== 'open' && state !== 'again')
      throw refused(id, `it is ${state} already.`, 'Only rows that wait can be replayed.');
    if (kind === 'line' && !set) {
      throw refused(
        id,
        'the line is no row of its file, and would be none again.',
        'Give its columns (`--set COLUMN=VALUE` for each), or discard it once its sender has sent a corrected file.',
      );
    }
    return { id, window, values: corrected(valuesOf(kind, payload), set ?? {}) };
  });
}

/** Columns are matched without regard to case, as everywhere. */
function corrected(values: Record<string, string | null>, set: Correction): Record<string, string | null> {
  const anew = new Set(Object.keys(set).map((name) => name.toLowerCase()));
  const kept = Object.entries(values).filter(([name]) => !anew.has(name.toLowerCase()));
  return Object.fromEntries([...kept, ...Object.entries(set)]);
}
