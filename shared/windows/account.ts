import type { Source } from '../contracts/catalog';
import type { Reading } from '../contracts/cursor';
import type { Problem } from '../contracts/problem';
import type { Account, FileAccount, LandedFile, Outcome, Window } from '../contracts/window';
import { problem } from '../problem';

/**
 * The conservation law of a copy: every row read is landed or rejected, the files hold what the copy says it landed,
 * and rows may leave a closed window but none can enter it.
 */
export function balance(
  source: string,
  account: Account,
  files: readonly Pick<LandedFile, 'rows'>[],
  closed: boolean,
): Problem | null {
  const [read, landed, rejected] = [BigInt(account.read), BigInt(account.landed), BigInt(account.rejected)];
  const inFiles = files.reduce((sum, file) => sum + BigInt(file.rows), 0n);
  const wrong = (why: string): Problem =>
    problem(
      'ROWS_UNBALANCED',
      source,
      why,
      'Run the source again: the window gets a new attempt and nothing is lost.',
      true,
    );
  if (read !== landed + rejected) return wrong(`${read} rows read, but ${landed} landed and ${rejected} rejected.`);
  if (inFiles !== landed) return wrong(`the copy says ${landed} rows landed, but its files hold ${inFiles}.`);
  if (closed && account.counted !== null && read > BigInt(account.counted)) {
    return wrong(`${read} rows read, but the source counted only ${account.counted} below the read point.`);
  }
  return null;
}

/** Whether a window is to be merged: one of which nothing was read only where it is the whole table, which is empty then. */
export const changesTable = ({ mode, account }: Window, replaces = false): boolean =>
  account?.read !== '0' || (replaces && mode !== 'incremental');

/** What became of a window without rows. */
export const NO_ROWS: Outcome = {
  merged: '0',
  duplicates: '0',
  quarantined: '0',
  inserted: '0',
  updated: '0',
  unchanged: '0',
  deleted: '0',
};

const sum = (...counts: string[]): bigint => counts.reduce((total, count) => total + BigInt(count), 0n);

/** The account of a window that does not add up behind its copy: nothing goes on before a person has looked. */
export const unbalanced = (source: string, why: string): Problem =>
  problem(
    'ROWS_UNBALANCED',
    source,
    why,
    'The window is not committed. Compare what bronze, silver and quarantine hold of it before it goes on.',
  );

/** The conservation law of a merge: every row that landed is merged, a duplicate, quarantined or erased, by window and by file. */
export function conserved(
  source: string,
  account: Account,
  outcome: Omit<Outcome, 'unchanged'>,
  byFile: readonly FileAccount[],
): Problem | null {
  const lost = (why: string) => unbalanced(source, why);
  const parts = ({ merged, duplicates, quarantined }: Pick<Outcome, 'merged' | 'duplicates' | 'quarantined'>) =>
    `${merged} merged, ${duplicates} duplicates, ${quarantined} quarantined`;
  const { merged, inserted, updated, erased = '0' } = outcome;
  if (BigInt(account.landed) !== sum(merged, outcome.duplicates, outcome.quarantined, erased))
    return lost(`${account.landed} rows landed, but ${parts(outcome)}.`);
  if (sum(inserted, updated) > BigInt(merged))
    return lost(`${merged} rows merged, but ${inserted} inserted and ${updated} updated.`);
  const odd = byFile.find((file) => BigInt(file.landed) !== sum(file.merged, file.duplicates, file.quarantined));
  if (odd) return lost(`${odd.landed} rows of file ${odd.file} landed, but ${parts(odd)}.`);
  const landed = sum(erased, ...byFile.map((file) => file.landed));
  return byFile.length > 0 && landed !== BigInt(account.landed)
    ? lost(`${account.landed} rows landed, but ${landed} by file.`)
    : null;
}

/**
 * Whether no row can enter a window between its count and its copy: it lies wholly below a read point. What a look back
 * or a lag covers, rows without a cursor, and a table that is read whole can all grow meanwhile, and lose nothing by it.
 */
export function isSealed(source: Source, reading: Reading | null): boolean {
  if (source.kind !== 'mysql' || !reading) return false;
  const bare = source.cursor?.nulls === 'include' && reading.withoutCursor !== '0';
  return reading.guarantee === 'read-point' && reading.from === null && !bare;
}
