import { createHmac } from 'node:crypto';
import type { Table } from '../contracts/catalog';

const SEPARATOR = '\u001f';

/**
 * The keyed hash under which a person is erased: of the key as silver holds it, which hashes `direct` columns itself.
 * @param key values in the order of the table's key, as the source writes them
 * @param secret the key of pseudonyms
 */
export function subjectOf({ key: names, columns }: Table, key: readonly string[], secret: string): string {
  const hashed = (text: string): string => createHmac('sha256', secret).update(text).digest('hex');
  const held = names.map((name, at) => {
    const value = key[at] ?? '';
    return columns.find((column) => column.name === name)?.pii === 'direct' ? hashed(value) : value;
  });
  return hashed(held.join(SEPARATOR));
}

/** Where the ledger keeps an erasure, below the bronze container: read by every later apply. */
export const erasurePath = (table: string, subject: string): string => `_erasures/${table}/${subject}.json`;
