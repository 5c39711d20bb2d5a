import { join } from 'node:path';
import type { JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { readJson } from '../disk/readJson';
import { checkToken } from '../http/token';
import { TENANT } from '../identity/registry';
import { Refusal } from './refusal';

/** What Key Vault's access policies grant on secrets. */
const Permission = z.enum(['get', 'list', 'set', 'delete', 'recover', 'purge']);
export type Permission = z.infer<typeof Permission>;

/** `access.json`: identity name to permissions; `*` stands for everyone not named. An absent file allows all. */
const Access = z.record(z.string(), z.array(Permission));

/** The resource that the challenge names; the public cloud's, so that tokens are the same as there. */
const RESOURCE = 'https://vault.azure.net';
const CHALLENGE = {
  'www-authenticate': `Bearer authorization="https://login.microsoftonline.com/${TENANT}", resource="${RESOURCE}"`,
};

/** Challenges a caller without a good token and refuses one whose policy lacks the permission. */
export function guard(directory: string, keys: JWTVerifyGetKey | undefined) {
  return async (request: Request, permission: Permission): Promise<void> => {
    const check = await checkToken(request.headers.get('authorization'), { audience: [RESOURCE], keys });
    if (check.kind !== 'accepted') {
      const message = check.kind === 'missing' ? 'Request is missing a Bearer or PoP token.' : check.reason;
      throw new Refusal(401, 'Unauthorized', `AKV10000: ${message}`, undefined, CHALLENGE);
    }
    const access = (await readJson(join(directory, 'access.json'), Access)) ?? {};
    const granted = access[check.name] ?? access['*'];
    if (granted === undefined || granted.includes(permission)) return;
    throw new Refusal(
      403,
      'Forbidden',
      `The user, group or application '${check.name}' (oid=${check.claims['oid']}) does not have secrets ${permission} permission on key vault 'local'. Grant it in access.json of the vault's state.`,
      'AccessDenied',
    );
  };
}
