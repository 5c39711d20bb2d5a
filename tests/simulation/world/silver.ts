import { createHash } from 'node:crypto';
import type { Row } from './database';

/** A row as silver holds it. */
export interface SilverRow extends Row {
  readonly _deleted: boolean;
  readonly _window: string;
  readonly _updated: number;
}

/** Who writes a window, and from which manifest. */
export interface Identity {
  readonly app: string;
  readonly version: string;
  readonly source: string;
  readonly window: string;
  readonly manifest: string;
  readonly at: number;
  /** Beside the live history. */
  readonly aside: boolean;
}

interface Table {
  rows: Map<string, SilverRow>;
  readonly transactions: Map<string, bigint>;
  readonly notes: Identity[];
  readonly quarantine: Row[];
  readonly marked: Map<string, Marked>;
}

/** How many rows were live, and how many of them were marked as deleted. */
interface Marked {
  readonly live: number;
  readonly deleted: number;
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
  /** What the newest commit of this window in this history, or in this lane of it, was. */
  noted(name: string, of: Pick<Identity, 'app' | 'source' | 'window'>): Identity | undefined;
  /** Whether this app has written this window, or a later one. */
  has(name: string, app: string, window: string): boolean;
  rows(name: string): SilverRow[];
  quarantined(name: string): readonly Row[];
  /** Marks live rows as deleted that nobody has changed since, once a transaction of this app. */
  mark(name: string, app: string, gone: readonly SilverRow[], live: number): Marked;
  /** Takes rows out. @returns how many */
  erase(name: string, theirs: (row: Row) => boolean): number;
  /** What was put aside of them loses its words, and keeps its place. @returns how many */
  blank(name: string, theirs: (row: Row) => boolean): number;
}

const BLANK: Row = { id: '', value: '', updated_at: null, deleted_at: null };

export function silver(): Silver {
  const tables = new Map<string, Table>();
  const tableOf = (name: string): Table => {
    const empty: Table = { rows: new Map(), transactions: new Map(), notes: [], quarantine: [], marked: new Map() };
    const table = tables.get(name) ?? empty;
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
      return merge(table, rows, identity);
    },
    noted: (name, { app, source, window }) =>
      tableOf(name).notes.findLast((note) => note.app === app && note.source === source && note.window === window),
    has: (name, app, window) => (tableOf(name).transactions.get(app) ?? -1n) >= BigInt(window),
    rows: (name) => [...tableOf(name).rows.values()],
    quarantined: (name) => tableOf(name).quarantine,
    mark(name, app, gone, live) {
      const { rows, marked } = tableOf(name);
      const done = marked.get(app) ?? { live, deleted: gone.length };
      if (!marked.has(app))
        for (const row of gone) if (rows.get(row.id) === row) rows.set(row.id, { ...row, _deleted: true });
      if (done.deleted > 0) marked.set(app, done);
      return done;
    },
    erase(name, theirs) {
      const { rows } = tableOf(name);
      const found = [...rows.values()].filter(theirs);
      for (const { id } of found) rows.delete(id);
      return found.length;
    },
    blank(name, theirs) {
      const { quarantine } = tableOf(name);
      const found = quarantine.filter(theirs);
      for (const row of found) quarantine[quarantine.indexOf(row)] = BLANK;
      return found.length;
    },
  };
}

/**
 * By key, the newest version of the window against what is there: newer or equal wins, equal content stays untouched. A
 * window of the past does not bring back what was marked as deleted by the version that it knew.
 */
function merge(table: Table, rows: readonly Row[], { window, aside, at }: Identity): Counts {
  let [inserted, updated, deleted] = [0, 0, 0];
  for (const row of newestPerKey(rows)) {
    const next: SilverRow = { ...row, _deleted: row.deleted_at !== null, _window: window, _updated: at };
    const known = table.rows.get(row.id);
    if (known && (!newerOrEqual(row, known) || (same(row, known) && next._deleted === known._deleted))) continue;
    if (known?._deleted && aside && !next._deleted && row.updated_at === known.updated_at) continue;
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
