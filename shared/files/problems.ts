import type { Problem } from '../contracts/problem';
import { problem } from '../problem';
import { visibleName } from './names';

const MOST = 10;

/** A file that is kept and not read, whatever else the run does. */
export const refusal = (source: string, file: { name: string; reason: string }): Problem =>
  problem(
    'SOURCE_FILE_REFUSED',
    source,
    `${visibleName(file.name)}: ${file.reason}.`,
    'Ask the sender for a corrected file, or correct the format in the catalog and run the source by hand.',
  );

/** Files that are left for the next run; the others of the source go on. */
export function unstable(source: string, files: readonly { name: string; reason: string }[]): Problem {
  const named = files.slice(0, MOST).map(({ name, reason }) => `${visibleName(name)} (${reason})`);
  const more = files.length > MOST ? ` and ${files.length - MOST} more` : '';
  return problem(
    'SOURCE_FILE_UNSTABLE',
    source,
    `not complete yet: ${named.join(', ')}${more}.`,
    'Nothing to do: the next run takes the files when they are complete.',
    true,
  );
}
