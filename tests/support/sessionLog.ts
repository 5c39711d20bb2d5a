import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** A line of a session log: level, operation, what was left out, and why. */
export type Left = readonly [level: string, operation: string, item: string, message: string];

/**
 * The lines of the session logs in a folder, which may not be there.
 * @param folder path on this machine
 */
export async function sessionLogs(folder: string): Promise<Left[]> {
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => {
    const lines: string[][] = parse(text, { ltrim: true, from: 2 });
    return lines.map(
      ([, level = '', operation = '', item = '', message = '']): Left => [level, operation, item, message],
    );
  });
}
