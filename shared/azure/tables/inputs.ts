import type { Window } from '../../contracts/window';
import { type Change, parallelGets, type Table } from './table';
import { windowsOf } from './windows';

const key = (sha256: string): string => `file:${sha256}`;

/** Marks of the files of a window, by content. A mark counts only once its very attempt is committed. */
export const marksOf = ({ files, number, attempt }: Window, except: ReadonlyMap<string, string>): Change[] =>
  [...new Set(files.map(({ sha256 }) => sha256))]
    .filter((sha256) => except.get(sha256) !== number)
    .map((sha256) => ({ do: 'put', key: key(sha256), values: { window: number, attempt } }));

/** Of these hashes, those whose mark belongs to a committed window, with its number. */
export async function committedInputs(
  table: Table,
  source: string,
  hashes: readonly string[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(hashes)];
  const marks = await parallelGets(wanted, (sha256) => table.get(source, key(sha256)));
  const numbers = [...new Set(marks.flatMap((mark) => mark?.values['window'] ?? []))];
  const windows = await parallelGets(numbers, (number) => windowsOf(table).at(source, number));
  const committed = new Map(
    windows.flatMap((found) =>
      found?.window.state === 'committed' ? [[found.window.number, found.window.attempt] as const] : [],
    ),
  );
  return new Map(
    wanted.flatMap((sha256, index) => {
      const { window = '', attempt } = marks[index]?.values ?? {};
      return attempt !== undefined && committed.get(window) === attempt ? [[sha256, window] as const] : [];
    }),
  );
}
