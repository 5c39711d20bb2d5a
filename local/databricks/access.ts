import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JWTVerifyGetKey } from 'jose';
import { writeDurable } from '../disk/durable';
import { checkToken } from '../http/token';
import { DATABRICKS_RESOURCE } from './limits';
import { Refusal } from './refusal';

/** Names the caller of a request, or throws a {@link Refusal}. */
export type Access = (request: Request) => Promise<string>;

/**
 * Accepts Microsoft Entra tokens for Azure Databricks and the personal access token in `<directory>/pat`, which is
 * made on first use; the file is read anew for each call, so that a token can be replaced while the server runs.
 */
export async function access(directory: string, keys: JWTVerifyGetKey | undefined): Promise<Access> {
  const file = join(directory, 'pat');
  await readFile(file).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    await writeDurable(file, `dapi${randomBytes(16).toString('hex')}`);
  });
  return async (request) => {
    const authorization = request.headers.get('authorization');
    const pat = (await readFile(file, 'utf8')).trim();
    if (authorization === `Bearer ${pat}`) return 'token';
    if (/^Bearer +dapi/i.test(authorization ?? ''))
      throw new Refusal(403, 'PERMISSION_DENIED', 'Invalid access token.');
    const check = await checkToken(authorization, { audience: [DATABRICKS_RESOURCE], keys });
    if (check.kind === 'accepted') return check.name;
    const status = check.kind === 'missing' ? 401 : 403;
    throw new Refusal(status, status === 401 ? 'UNAUTHENTICATED' : 'PERMISSION_DENIED', check.reason);
  };
}
