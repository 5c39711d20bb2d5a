import { fakeLake } from '../../fakes/lake';
import { rowsOf } from './parquet';

/** Containers of the lake, and a way for others than the app to write there, over what is there. */
export type LakeDisk = ReturnType<typeof fakeLake>;

/**
 * The lake as a disk, with an eye on everything that is written to it.
 * @param loose nothing is protected from being written over
 */
export function lakeDisk(
  now: () => Date,
  seen: (container: string, path: string, body: Uint8Array) => void,
  loose: boolean,
): LakeDisk {
  const disk = fakeLake(now);
  const put: LakeDisk['put'] = async (container, path, body) => {
    seen(container, path, body);
    await disk.put(container, path, body);
  };
  return {
    ...disk,
    put,
    async putOnce(container, path, body) {
      const done = loose ? 'created' : await disk.putOnce(container, path, body);
      if (loose) await put(container, path, body);
      else if (done === 'created') seen(container, path, body);
      return done;
    },
  };
}

/**
 * The rows of a file.
 * @throws Error in the words of Spark when it is not there: an absent file is no empty one
 */
export async function rowsAt<T>(lake: Pick<LakeDisk, 'read'>, container: string, path: string): Promise<T[]> {
  const bytes = await lake.read(container, path);
  if (!bytes) throw new Error(`[FAILED_READ_FILE.FILE_NOT_EXIST] ${container}/${path} is not there`);
  return rowsOf(bytes) as T[];
}
