import type { SchemaPolicy, Source, Table } from '../contracts/catalog';
import type { SchemaChange, SourceColumn, SourceSchema } from '../contracts/schema';
import { typeChange } from './domain';

/** The columns that a copy found; `sometimes` are those that only some of its files have. */
export interface Found {
  readonly columns: readonly SourceColumn[];
  readonly sometimes: readonly string[];
}

const NEXT: Readonly<Record<SchemaChange['kind'], string>> = {
  added: 'declare it with a type and a personal-data class to have it read; accepted, it stays unread',
  removed: 'bring it back, or take it out of the catalog; accepted, it is NULL from now on',
  widened: 'declare a wider type if larger values are to come in; accepted, those that do not fit go to quarantine',
  narrowed: 'ask its owner whether values were cut off; accepted, it goes on with what is there',
  retyped: 'undo it, or declare the new type; accepted, values that cannot be cast go to quarantine',
};

/** A source matches names without regard to case, and so do we; order never matters. */
const byName = <T extends { name: string }>(columns: readonly T[]): Map<string, T> =>
  new Map(columns.map((column) => [column.name.toLowerCase(), column]));

const lower = (names: readonly string[]): Set<string> => new Set(names.map((name) => name.toLowerCase()));

/** The declared columns that are not there, or not in every file. */
export function absentFrom(table: Table, { columns, sometimes }: Found): string[] {
  const [there, partly] = [byName(columns), lower(sometimes)];
  return table.columns
    .map(({ name }) => name)
    .filter((name) => !there.has(name.toLowerCase()) || partly.has(name.toLowerCase()));
}

/**
 * What changed between what a source was taken to be and what a copy found. Columns that the catalog does not declare
 * are nobody's business after they were reported once.
 * @param before null before anything of the source has landed: then the declared names alone are compared
 */
export function schemaChanges(
  policy: SchemaPolicy,
  table: Table,
  before: SourceSchema | null,
  found: Found,
): SchemaChange[] {
  const [declared, was, known] = [byName(table.columns), byName(before?.columns ?? []), lower(before?.absent ?? [])];
  const change = (column: string, kind: SchemaChange['kind'], old?: string, now?: string): SchemaChange => ({
    column,
    kind,
    before: old ?? null,
    after: now ?? null,
    policy: kind === 'added' && declared.has(column.toLowerCase()) ? 'report' : policy[kind],
    next: NEXT[kind],
  });
  const absent = absentFrom(table, found);
  const gone = lower(absent);
  const removed = absent
    .filter((name) => was.has(name.toLowerCase()) || !known.has(name.toLowerCase()))
    .map((name) => change(name, 'removed', was.get(name.toLowerCase())?.type));
  const others = found.columns.flatMap(({ name, type }): SchemaChange[] => {
    const key = name.toLowerCase();
    const old = was.get(key);
    if (gone.has(key)) return [];
    if (!old) return was.size > 0 || !declared.has(key) ? [change(name, 'added', undefined, type)] : [];
    const kind = typeChange(old.type, type);
    return kind === 'same' || !declared.has(key) ? [] : [change(name, kind, old.type, type)];
  });
  return [...removed, ...others];
}

/** A removed column without which the source cannot be read: a part of its key, or its cursor. */
export function neededColumn(source: Source, table: Table, changes: readonly SchemaChange[]): string | null {
  const cursor = source.kind === 'mysql' && source.cursor ? [source.cursor.column, source.cursor.tieBreaker] : [];
  const needed = [...table.key, ...cursor];
  return changes.find(({ kind, column }) => kind === 'removed' && needed.includes(column))?.column ?? null;
}

/** What the source is taken to be from now on. */
export const accepted = (
  table: Table,
  found: Found,
  of: Pick<SourceSchema, 'source' | 'window' | 'at' | 'by'>,
): SourceSchema => ({
  ...of,
  columns: found.columns.filter(({ name }) => !lower(found.sometimes).has(name.toLowerCase())),
  absent: absentFrom(table, found),
});
