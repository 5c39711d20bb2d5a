import { tableOf } from '../../../shared/catalog/lookup';
import { subjectOf } from '../../../shared/erasure/subject';
import { shop } from '../shop';
import type { Outside } from './outside';

/** The key of pseudonyms. */
export const SECRET = 'model';

export type Theirs = (row: { readonly id: string }) => boolean;

/** Whom an erasure means, as the ledger and the notebooks know them. */
const subjectFor = (table: string, id: string): string =>
  subjectOf(tableOf({ ...shop, version: '1' }, table), [id], SECRET);

/** Whose rows those are that the ledger of erasures names; null when it names nobody. */
export async function erasedFrom({ lake }: Outside, table: string): Promise<Theirs | null> {
  const files = await lake.list('bronze', `_erasures/${table}`);
  if (files.length === 0) return null;
  const subjects = new Set(files.map(({ path }) => path.split('/').at(-1)?.replace('.json', '')));
  return ({ id }) => subjects.has(subjectFor(table, id));
}
