import type { LakeFile } from '../../shared/ports/lake';
import type { Ports } from '../../shared/ports/ports';
import type { Unnamed } from './unnamed';

/** Where the notebooks write a file, below the path that it will have in the same container. */
const MAKING = '_making';

/** What notebooks began to write and have not put in its place: it is being written, or was cut off. */
export async function unfinished({ lake }: Pick<Ports, 'lake'>): Promise<Unnamed> {
  const [bronze, quarantine] = await Promise.all([lake.list('bronze', MAKING), lake.list('quarantine', MAKING)]);
  return { bronze, quarantine };
}

/** Whether such a file is of a source: all that is written of one has its name for a folder. */
export const isOf =
  (source: string) =>
  ({ path }: LakeFile): boolean =>
    path.split('/').includes(source);
