import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

const WANTED = 'mysql_scanner.duckdb_extension';
const NAMES = [WANTED, 'mysql.duckdb_extension'];

/**
 * Finds DuckDB's MySQL extension below a folder. DuckDB takes the entry point's name from the file's name, and the
 * PyPI wheel calls the file otherwise: a link with the right name is made in `home`.
 * @throws Error that says how to get it
 */
export async function mysqlExtension(folder: string | undefined, home: string): Promise<string> {
  const files = folder ? await readdir(folder, { recursive: true }).catch(() => [] as string[]) : [];
  const found = files.find((file) => NAMES.includes(basename(file)));
  if (!folder || !found) {
    throw new Error(
      `DuckDB's MySQL extension is not in ${folder ?? 'any folder: TIDEMARK_DUCKDB_EXTENSIONS is not set'}. ` +
        'Install the Python package duckdb-extension-mysql and point TIDEMARK_DUCKDB_EXTENSIONS at its folder.',
    );
  }
  const real = resolve(folder, found);
  if (basename(real) === WANTED) return real;
  await mkdir(home, { recursive: true });
  const fresh = join(home, `${WANTED}.${process.pid}`);
  await rm(fresh, { force: true });
  await symlink(real, fresh);
  await rename(fresh, join(home, WANTED));
  return join(home, WANTED);
}
