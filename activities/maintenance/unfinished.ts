import type { LakeFile } from '../../shared/ports/lake';
import type { Ports } from '../../shared/ports/ports';
import { PUTTING } from '../../shared/windows/paths';
import type { Unnamed } from './unnamed';

/** Where the notebooks write a file, below the path that it will have in the same container. */
const MAKING = '_making';

/** What notebooks and the app began to write and have not put in its place: it is being written, or was cut off. */
export async function unfinished({ lake }: Pick<Ports, 'lake'>): Promise<Unnamed> {
  const of = async (container: string): Promise<LakeFile[]> =>
    (await Promise.all([lake.list(container, MAKING), lake.list(container, PUTTING)])).flat();
  const [bronze, quarantine] = await Promise.all([of('bronze'), of('quarantine')]);
  return { bronze, quarantine };
}

/** Whether such a file is of a source: all that is written of one has its name for a folder. */
export const isOf =
  (source: string) =>
  ({ path }: LakeFile): boolean =>
    path.split('/').includes(source);
