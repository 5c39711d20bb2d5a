import { batches } from '../../batches';
/** A row as the service keeps it; every value is text, so no count or cursor passes through a number. */
export interface Row {
  readonly key: string;
  readonly etag: string;
  readonly values: Readonly<Record<string, string>>;
}

/** One part of a transaction. `etag` is the version that was read: another one there fails the whole; so does deleting what is gone. */
export type Change =
  | { readonly do: 'insert'; readonly key: string; readonly values: Record<string, string> }
  | { readonly do: 'replace'; readonly key: string; readonly values: Record<string, string>; readonly etag: string }
  | { readonly do: 'put'; readonly key: string; readonly values: Record<string, string> }
  | { readonly do: 'delete'; readonly key: string };

/** The little of Azure Tables that the metadata needs. */
export interface Table {
  get(partition: string, key: string): Promise<Row | null>;
  /** Rows whose key is `from` or above and below `below`, in the order of their keys. */
  range(partition: string, from: string, below: string, limit: number): Promise<Row[]>;
  /** Makes all changes or none (at most 100). @returns false when a row was there already, gone, or changed since */
  change(partition: string, changes: readonly Change[]): Promise<boolean>;
}

/** The upper bound of all keys that are a prefix and digits or letters behind it. */
export const below = (prefix: string): string => `${prefix}~`;

/** Reads many rows, a few at a time, in the order that was asked. */
export async function parallelGets<K, V>(keys: readonly K[], get: (key: K) => Promise<V>): Promise<V[]> {
  const values: V[] = [];
  for (const some of batches(keys)) values.push(...(await Promise.all(some.map(get))));
  return values;
}

/** Changes that one transaction of the service takes. */
export const TRANSACTION = 100;

/** Removes rows by the order of their keys, and says how many. One that another remover was faster with is no fault. */
export async function removeRange(table: Table, partition: string, from: string, end: string): Promise<number> {
  for (let removed = 0; ; ) {
    const rows = await table.range(partition, from, end, TRANSACTION);
    if (rows.length === 0) return removed;
    const gone = await table.change(
      partition,
      rows.map(({ key }) => ({ do: 'delete', key })),
    );
    if (gone) removed += rows.length;
  }
}
