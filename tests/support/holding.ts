import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/**
 * Files below a folder that hold one of these texts, relative to it: in their bytes, or as a value of a Parquet file,
 * whether or not a table still names it.
 * @param skipped folders that are not looked into, relative to it
 */
export async function holding(
  folder: string,
  texts: readonly string[],
  skipped: readonly string[] = [],
): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .filter((path) => !skipped.some((name) => path.startsWith(`${name}/`)));
  const parquet = paths.filter((path) => path.endsWith('.parquet'));
  const [bytes, values] = [await inBytes(folder, paths, texts), await inValues(folder, parquet, texts)];
  return [...new Set([...bytes, ...values])].sort();
}

async function inBytes(folder: string, paths: readonly string[], texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const content = await readFile(join(folder, path)).catch(ofGone);
    if (texts.some((text) => content.includes(text))) found.push(path);
  }
  return found;
}

/** Services replace their files while they are looked through; one that has gone holds nothing. */
function ofGone(error: NodeJS.ErrnoException): Buffer {
  if (error.code === 'ENOENT') return Buffer.alloc(0);
  throw error;
}

async function inValues(folder: string, paths: readonly string[], texts: readonly string[]): Promise<string[]> {
  const connection = await (await DuckDBInstance.create()).connect();
  const found: string[] = [];
  for (const path of paths) {
    const file = join(folder, path).replaceAll("'", "''");
    const rows = await connection.runAndReadAll(`SELECT f::VARCHAR FROM read_parquet('${file}') AS f`);
    if (rows.getRows().some(([row]) => texts.some((text) => String(row).includes(text)))) found.push(path);
  }
  connection.closeSync();
  return found;
}
