import { createHash } from 'node:crypto';
import type { Row } from './database';

/** A row as silver holds it. */
export interface SilverRow extends Row {
  readonly _deleted: boolean;
  readonly _window: string;
}

/** Who writes a window, and from which manifest. */
export interface Identity {
  readonly app: string;
  readonly version: string;
  readonly source: string;
  readonly window: string;
  readonly manifest: string;
}

interface Table {
  rows: Map<string, SilverRow>;
  readonly transactions: Map<string, bigint>;
  readonly notes: Identity[];
  readonly quarantine: Row[];
}

export interface Counts {
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

/** The silver tables as Delta keeps them: one commit holds the rows and the transaction that wrote them. */
export interface Silver {
  /** Null when Delta holds this transaction, or a later one of the same app, already. */
  commit(name: string, identity: Identity, rows: readonly Row[], replace: boolean, bad: readonly Row[]): Counts | null;
  noted(name: string, source: string, window: string): Identity | undefined;
  /** Whether this app has written this window, or a later one. */
  has(name: string, app: string, window: string): boolean;
  rows(name: string): SilverRow[];
  quarantined(name: string): readonly Row[];
}

export function silver(): Silver {
  const tables = new Map<string, Table>();
  const tableOf = (name: string): Table => {
    const table = tables.get(name) ?? { rows: new Map(), transactions: new Map(), notes: [], quarantine: [] };
    tables.set(name, table);
    return table;
  };
  return {
    commit(name, identity, rows, replace, bad) {
      const table = tableOf(name);
      const { app, version } = identity;
      if ((table.transactions.get(app) ?? -1n) >= BigInt(version)) return null;
      table.transactions.set(app, BigInt(version));
      table.notes.push(identity);
      table.quarantine.push(...bad);
      if (replace) table.rows = new Map();
      return merge(table, rows, identity.window);
    },
    noted: (name, source, window) =>
      tableOf(name).notes.find((note) => note.source === source && note.window === window),
    has: (name, app, window) => (tableOf(name).transactions.get(app) ?? -1n) >= BigInt(window),
    rows: (name) => [...tableOf(name).rows.values()],
    quarantined: (name) => tableOf(name).quarantine,
  };
}

/** By key, the newest version of the window against what is there: newer or equal wins, equal content stays untouched. */
function merge(table: Table, rows: readonly Row[], window: string): Counts {
  let [inserted, updated, deleted] = [0, 0, 0];
  for (const row of newestPerKey(rows)) {
    const next: SilverRow = { ...row, _deleted: row.deleted_at !== null, _window: window };
    const known = table.rows.get(row.id);
    if (known && (!newerOrEqual(row, known) || same(row, known))) continue;
    table.rows.set(row.id, next);
    if (known) updated += 1;
    else inserted += 1;
    if (next._deleted && !known?._deleted) deleted += 1;
  }
  return { inserted, updated, deleted };
}

function newestPerKey(rows: readonly Row[]): Row[] {
  const newest = new Map<string, Row>();
  for (const row of rows) {
    const known = newest.get(row.id);
    if (!known || newerOrEqual(row, known)) newest.set(row.id, row);
  }
  return [...newest.values()];
}

/** A row without a cursor is the oldest. */
const newerOrEqual = (a: Row, b: Row): boolean => (a.updated_at ?? '') >= (b.updated_at ?? '');

export const same = (a: Row, b: Row): boolean =>
  a.value === b.value && a.updated_at === b.updated_at && a.deleted_at === b.deleted_at;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
