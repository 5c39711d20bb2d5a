import { unplacedFolder } from '../../shared/gold/paths';
import type { LakeFile } from '../../shared/ports/lake';
import type { Ports } from '../../shared/ports/ports';

/** Published forms and kept parts of a dataset, but those of its current publication. */
export async function superseded({ lake, publications }: Ports, dataset: string): Promise<LakeFile[]> {
  const current = await publications.get(dataset);
  if (!current) return [];
  const folders = [`_published/${dataset}`, `_parts/${dataset}`];
  const files = (await Promise.all(folders.map((folder) => lake.list('gold', folder)))).flat();
  return files.filter(({ path }) => !path.split('/')[2]?.startsWith(current.run));
}

/** Exports of a dataset that have no place: those of runs that are placing them now, and those of runs that never will. */
export const unplaced = ({ lake }: Pick<Ports, 'lake'>, dataset: string): Promise<LakeFile[]> =>
  lake.list('exports', unplacedFolder(dataset));
