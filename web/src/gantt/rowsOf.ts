import type { Step } from '../../../shared/contracts/run';
import { count } from '../format/count';

/** `1,240 → 1,238` for a step that takes rows in and gives rows out; one number if only one is known. */
export function rowsOf({ rowsIn, rowsOut }: Step): string {
  if (rowsIn === null && rowsOut === null) return '';
  if (rowsIn === null) return `→ ${count(rowsOut ?? '0')}`;
  return rowsOut === null ? `${count(rowsIn)} →` : `${count(rowsIn)} → ${count(rowsOut)}`;
}
