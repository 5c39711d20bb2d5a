import { dropForms as contract } from '../../shared/contracts/erasure';
import { partOf } from '../../shared/erasure/part';
import type { Ports } from '../../shared/ports/ports';
import { implement } from '../implement';
import { catalogOf } from '../pinned';

/** Older published forms of gold go, now that there are new ones. */
export const dropForms = implement(contract, (ports) => async ({ catalog: version, table }) => {
  const { datasets } = await catalogOf(ports, version);
  const names = datasets.filter(({ inputs }) => inputs.includes(table)).map(({ name }) => name);
  let forms = 0;
  for (const name of names) forms += await dropOlder(ports, name);
  return [partOf('gold/_published', forms, `older forms of ${names.join(', ')}`)];
});

async function dropOlder({ lake, publications }: Ports, dataset: string): Promise<number> {
  const current = await publications.get(dataset);
  const files = await lake.list('gold', `_published/${dataset}`);
  const older = files.filter(({ path }) => path !== current?.published);
  for (const { path } of older) await lake.remove('gold', path);
  return older.length;
}
