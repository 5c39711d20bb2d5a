import type { Problem, ProblemCode } from '../contracts/problem';
import { errorOf, ProblemError } from '../errors';
import { FAILURES } from './failures/all';
import type { FailureRow } from './failures/row';
import { scrub } from './scrub';
import { type Symptom, symptomOf } from './symptom';

/** A service as problems name it, and the codes for what it does not let us do. */
export interface Origin {
  readonly where: string;
  readonly failed: ProblemCode;
  readonly denied: ProblemCode;
  readonly unreachable: ProblemCode;
}

const origin = (where: string, failed: ProblemCode, denied = failed, unreachable = failed): Origin => ({
  where,
  failed,
  denied,
  unreachable,
});

export const FACTORY = origin('Data Factory', 'FACTORY_FAILED');
export const NOTEBOOKS = origin('Databricks', 'NOTEBOOK_FAILED');
export const VAULT = origin('Key Vault', 'VAULT_ACCESS', 'VAULT_ACCESS', 'VAULT_UNREACHABLE');
export const LAKE = origin('data lake', 'INTERNAL');
export const TABLES = origin('metadata tables', 'INTERNAL');
export const MAIL = origin('Communication Services', 'MAIL_FAILED', 'MAIL_FAILED', 'MAIL_UNREACHABLE');

const fits = (row: FailureRow, { status, code, text }: Symptom): boolean =>
  row.status ? row.status.includes(status) : (row.sign?.test(`${code} ${text}`.trim()) ?? true);

/** The row of a table that speaks for an error. */
export function rowFor(table: readonly FailureRow[], symptom: Symptom): FailureRow {
  const row = table.find((candidate) => fits(candidate, symptom));
  if (!row) throw new Error('A table of failures has lost its last row, which fits all.');
  return row;
}

function problemFor(row: FailureRow, of: Origin, why: string): Problem {
  const { code = 'failed', next } = row;
  const spoken = code === 'failed' || code === 'denied' || code === 'unreachable' ? of[code] : code;
  const told = { code: spoken, where: of.where, why: scrub(why), next, transient: row.is !== 'permanent' };
  return row.once ? { ...told, once: true } : told;
}

const saidBy = (account: string): Symptom => ({ status: 0, code: '', text: account });

/** Problem of a factory run, from the words of what failed in it; `where` leads the sentence and decides nothing. */
export const problemOfCopy = (account: string, where = ''): Problem =>
  problemFor(rowFor(FAILURES.copies, saidBy(account)), FACTORY, `${where}${account}`);

/** Problem of a notebook run, from its termination and its exception. */
export const problemOfJob = (account: string): Problem =>
  problemFor(rowFor(FAILURES.jobs, saidBy(account)), NOTEBOOKS, account);

/** Whether the effect of a failed call may have happened all the same, or did not, or will not. */
export const classOfCall = (error: unknown): FailureRow['is'] => rowFor(FAILURES.calls, symptomOf(error)).is;

/** Error of a failed call, to be thrown: a TransientError where patience helps. */
export function errorOfCall(of: Origin, doing: string, error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const symptom = symptomOf(error);
  const told = [symptom.status || '', symptom.code, symptom.text].filter(Boolean).join(' ');
  return errorOf(problemFor(rowFor(FAILURES.calls, symptom), of, `${doing}: ${told}`), error);
}

/** Makes a call and turns whatever it throws into an error of ours. */
export async function guarded<T>(of: Origin, doing: string, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    throw errorOfCall(of, doing, error);
  }
}
