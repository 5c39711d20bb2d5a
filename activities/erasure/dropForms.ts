import { dropForms as contract } from '../../shared/contracts/erasure';
import { partOf } from '../../shared/erasure/part';
import type { Ports } from '../../shared/ports/ports';
import { implement } from '../implement';

/** Older published forms of gold go, now that there are new ones. */
export const dropForms = implement(contract, (ports) => async ({ datasets }) => {
  let forms = 0;
  for (const name of datasets) forms += await dropOlder(ports, name);
  return [partOf('gold/_published', forms, `older forms of ${datasets.join(', ')}`)];
});

async function dropOlder({ lake, publications }: Ports, dataset: string): Promise<number> {
  const current = await publications.get(dataset);
  const files = await lake.list('gold', `_published/${dataset}`);
  const older = files.filter(({ path }) => path !== current?.published);
  for (const { path } of older) await lake.remove('gold', path);
  return older.length;
}
