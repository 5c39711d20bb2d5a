import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

/** DuckDB's own file names for what the PyPI packages call `<name>.duckdb_extension`. */
const FILES = { mysql: 'mysql_scanner.duckdb_extension', delta: 'delta.duckdb_extension' } as const;

/**
 * Finds an extension of DuckDB below a folder. DuckDB takes the entry point's name from the file's name, and the
 * PyPI wheel calls the file otherwise: a link with the right name is made in `home`.
 * @throws Error that says how to get it
 */
export async function duckExtension(
  name: keyof typeof FILES,
  folder: string | undefined,
  home: string,
): Promise<string> {
  const wanted = FILES[name];
  const files = folder ? await readdir(folder, { recursive: true }).catch(() => [] as string[]) : [];
  const found = files.find((file) => [wanted, `${name}.duckdb_extension`].includes(basename(file)));
  if (!folder || !found) {
    throw new Error(
      `DuckDB's ${name} extension is not in ${folder ?? 'any folder: TIDEMARK_DUCKDB_EXTENSIONS is not set'}. ` +
        `Install the Python package duckdb-extension-${name} and point TIDEMARK_DUCKDB_EXTENSIONS at its folder.`,
    );
  }
  const real = resolve(folder, found);
  if (basename(real) === wanted) return real;
  await mkdir(home, { recursive: true });
  const fresh = join(home, `${wanted}.${process.pid}`);
  await rm(fresh, { force: true });
  await symlink(real, fresh);
  await rename(fresh, join(home, wanted));
  return join(home, wanted);
}
