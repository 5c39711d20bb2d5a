import type { ListedFile } from '../../shared/contracts/files';
import type { Lake } from '../../shared/ports/lake';

/** What lies in a folder of the landing zone, by the names that are left behind the folder's. */
export async function landingFiles(lake: Lake, folder: string): Promise<ListedFile[]> {
  const listed = await lake.list('landing', folder);
  return listed.map(({ path, ...rest }) => ({ name: path.slice(folder.length + 1), ...rest }));
}
