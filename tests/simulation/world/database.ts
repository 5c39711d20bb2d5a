/** A row of the model shop; times are the text that the server prints. */
export interface Row {
  readonly id: string;
  readonly value: string;
  readonly updated_at: string | null;
  readonly deleted_at: string | null;
}

export interface Write {
  readonly table: string;
  readonly id: string;
  readonly value: string;
  readonly deleted: boolean;
  /** The row is removed, and leaves nothing behind. */
  readonly gone?: boolean;
}

interface Transaction {
  readonly started: number;
  readonly rows: Map<string, { table: string; row: Row }>;
}

/** A MySQL in memory: rows are seen when their transaction commits, with the time of the statement in them. */
export interface Database {
  /** Runs a write in a transaction of its own; the returned function commits it. Null when another one holds the row. */
  begin(write: Write): (() => void) | null;
  /** Rows that were there before anything ran; without a cursor when `cursorless`. */
  seed(table: string, rows: readonly { id: string; value: string }[], cursorless: boolean): void;
  rows(table: string): Row[];
  /** Every version of a row that was ever committed. */
  versions(table: string, id: string): readonly Row[];
  /** Server time, and the start of the oldest open transaction, both in milliseconds. */
  now(): number;
  oldest(): number | null;
}

/** @param tick precision of the cursor column in milliseconds: coarse ones make ties */
export function database(clock: () => number, tick: number): Database {
  const tables = new Map<string, Map<string, Row>>();
  const all = new Map<string, Row[]>();
  const open = new Set<Transaction>();
  const commit = (table: string, row: Row): void => {
    const rows = tables.get(table) ?? new Map<string, Row>();
    tables.set(table, rows.set(row.id, row));
    const key = `${table} ${row.id}`;
    all.set(key, [...(all.get(key) ?? []), row]);
  };
  const stamp = (): string => timeText(Math.floor(clock() / tick) * tick);
  return {
    begin({ table, id, value, deleted, gone = false }) {
      const key = `${table} ${id}`;
      if ([...open].some(({ rows }) => rows.has(key))) return null;
      const row: Row = { id, value, updated_at: stamp(), deleted_at: deleted ? stamp() : null };
      const transaction: Transaction = { started: clock(), rows: new Map([[key, { table, row }]]) };
      open.add(transaction);
      return () => {
        open.delete(transaction);
        if (gone) tables.get(table)?.delete(id);
        else commit(table, row);
      };
    },
    seed(table, rows, cursorless) {
      const updated_at = cursorless ? null : timeText(clock() - 3_600_000);
      for (const row of rows) commit(table, { ...row, updated_at, deleted_at: null });
    },
    rows: (table) => [...(tables.get(table)?.values() ?? [])],
    versions: (table, id) => all.get(`${table} ${id}`) ?? [],
    now: clock,
    oldest: () => (open.size === 0 ? null : Math.min(...[...open].map(({ started }) => started))),
  };
}

/** `YYYY-MM-DD HH:MM:SS.ffffff` of an instant: compares as text as it does as time. */
export const timeText = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '000');
