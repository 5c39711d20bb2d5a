import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { TokenCredential } from '@azure/identity';
import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose';
import { issuer } from '../../local/identity/issuer';

/** Credentials signed as the local identity server signs them, without that server and without the SDK's process-wide cache. */
export interface Credentials {
  readonly keys: JWTVerifyGetKey;
  /** A credential of the named identity. */
  of(name: string): TokenCredential;
}

export async function credentials(state: string): Promise<Credentials> {
  const signer = await issuer(join(state, 'identity'), 'https://127.0.0.1', 3600);
  return {
    keys: createLocalJWKSet({ keys: [...signer.jwks.keys] }),
    of(name) {
      const principal = { name, oid: randomUUID(), clientId: randomUUID(), roles: [] };
      return {
        async getToken(scopes) {
          const scope = [scopes].flat()[0] ?? '';
          const { token, expiresOn } = await signer.issue(principal, scope.replace(/\/\.default$/, ''));
          return { token, expiresOnTimestamp: expiresOn * 1000 };
        },
      };
    },
  };
}
