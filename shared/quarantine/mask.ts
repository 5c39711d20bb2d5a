import { z } from 'zod';
import type { Table } from '../contracts/catalog';

const MASK = '•••';
const Payload = z.record(z.string(), z.string().nullable());

/**
 * A payload without personal data. Columns that the catalog does not know, and lines that are no rows, may hold anything
 * and are masked whole where the table has any personal data.
 */
export function masked(table: Table, kind: 'row' | 'line', payload: string): { payload: string; masked: boolean } {
  const personal = table.columns.filter(({ pii }) => pii !== 'none');
  if (personal.length === 0) return { payload, masked: false };
  if (kind === 'line') return { payload: MASK, masked: true };
  const open = new Set(table.columns.filter(({ pii }) => pii === 'none').map(({ name }) => name.toLowerCase()));
  const values = Object.entries(Payload.parse(JSON.parse(payload)));
  const shown = values.map(([name, value]) => [name, value === null || open.has(name.toLowerCase()) ? value : MASK]);
  return { payload: JSON.stringify(Object.fromEntries(shown)), masked: true };
}

/** The values of a row as the source gave them; a line that is no row has none. */
export const valuesOf = (kind: 'row' | 'line', payload: string): Record<string, string | null> =>
  kind === 'line' ? {} : Payload.parse(JSON.parse(payload));
