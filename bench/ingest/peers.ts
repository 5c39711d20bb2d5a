import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runChild } from '../measure/child';

/** Exact versions, so that a figure says what it is of. */
const PACKAGES = ['dlt[filesystem,parquet]==1.31.0', 'connectorx==0.4.6', 'sqlalchemy', 'pymysql', 'pandas'];

/** The interpreter of the peers: an environment of their own, made on first use, no part of the product. */
export async function peersPython(tools: string): Promise<string> {
  const home = join(tools, 'bench');
  const python = join(home, 'bin/python');
  const done = join(home, 'installed');
  if (existsSync(done)) return python;
  await mkdir(tools, { recursive: true });
  await runChild('python3', ['-m', 'venv', home], {});
  await runChild(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES], {});
  await mkdir(done);
  return python;
}
