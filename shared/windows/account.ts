import type { Problem } from '../contracts/problem';
import type { Account, LandedFile } from '../contracts/window';
import { problem } from '../problem';

/**
 * The conservation law of a copy: every row read is landed or rejected, the files hold what the copy says it landed,
 * and below a stable read point rows may leave a window but none can enter it.
 */
export function balance(source: string, account: Account, files: readonly LandedFile[]): Problem | null {
  const [read, landed, rejected] = [BigInt(account.read), BigInt(account.landed), BigInt(account.rejected)];
  const inFiles = files.reduce((sum, file) => sum + BigInt(file.rows), 0n);
  const unbalanced = (why: string): Problem =>
    problem(
      'ROWS_UNBALANCED',
      source,
      why,
      'Run the source again: the window gets a new attempt and nothing is lost.',
      true,
    );
  if (read !== landed + rejected)
    return unbalanced(`${read} rows read, but ${landed} landed and ${rejected} rejected.`);
  if (inFiles !== landed) return unbalanced(`the copy says ${landed} rows landed, but its files hold ${inFiles}.`);
  if (account.counted !== null && read > BigInt(account.counted)) {
    return unbalanced(`${read} rows read, but the source counted only ${account.counted} below the read point.`);
  }
  return null;
}
