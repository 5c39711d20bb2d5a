/** A table as text, by column name; null is NULL. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** One cell that differs; `ours` or `theirs` is undefined where the row is missing altogether. */
export interface Difference {
  readonly key: string;
  readonly column: string;
  readonly ours: string | null | undefined;
  readonly theirs: string | null | undefined;
}

export interface Comparison {
  readonly cells: number;
  readonly differences: Difference[];
}

/**
 * Compares our dataset with a partner's report, cell by cell, over the partner's columns and the rows of both.
 * Numbers are equal when they differ by at most `tolerance`; an empty cell is NULL.
 */
export function reconcile(ours: TextTable, theirs: TextTable, key: readonly string[], tolerance: string): Comparison {
  const mine = byKey(ours, key);
  const partner = byKey(theirs, key);
  const columns = theirs.columns.filter((column) => !column.startsWith('_'));
  const differences: Difference[] = [];
  for (const [id, row] of partner) {
    const own = mine.get(id);
    for (const column of columns) {
      const [a, b] = [own?.get(column.toLowerCase()), row.get(column.toLowerCase())];
      if (own === undefined || !same(a ?? null, b ?? null, tolerance)) {
        differences.push({ key: id, column, ours: own === undefined ? undefined : (a ?? null), theirs: b ?? null });
      }
    }
  }
  for (const id of mine.keys()) {
    if (!partner.has(id)) differences.push({ key: id, column: key.join(', '), ours: id, theirs: undefined });
  }
  return { cells: partner.size * columns.length, differences };
}

function byKey(table: TextTable, key: readonly string[]): Map<string, Map<string, string | null>> {
  const named = table.rows.map(
    (row) => new Map(table.columns.map((column, at) => [column.toLowerCase(), empty(row[at] ?? null)])),
  );
  return new Map(named.map((row) => [key.map((column) => row.get(column.toLowerCase()) ?? 'NULL').join(' / '), row]));
}

const empty = (cell: string | null): string | null => (cell === null || cell.trim() === '' ? null : cell);

const NUMBER = /^-?\d+(\.\d+)?$/;

function same(a: string | null, b: string | null, tolerance: string): boolean {
  if (a === b) return true;
  if (a === null || b === null || !NUMBER.test(a) || !NUMBER.test(b)) return false;
  const scale = Math.max(...[a, b, tolerance].map((text) => text.split('.')[1]?.length ?? 0));
  const [x, y, limit] = [a, b, tolerance].map((text) => scaled(text, scale)) as [bigint, bigint, bigint];
  return (x > y ? x - y : y - x) <= limit;
}

/** Exact: a decimal text as an integer of `scale` decimals. */
function scaled(text: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const digits = BigInt(whole + fraction.padEnd(scale, '0'));
  return text.startsWith('-') ? -digits : digits;
}
