import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { z } from 'zod';
import { writeDurable } from '../disk/durable';
import { readJson } from '../disk/readJson';
import { API, type Principal, TENANT } from './registry';

/** One signed access token; `expiresOn` is in epoch seconds. */
export interface Issued {
  readonly token: string;
  readonly expiresOn: number;
  readonly lifetime: number;
}

export interface Issuer {
  issue(principal: Principal, resource: string): Promise<Issued>;
  readonly jwks: { readonly keys: readonly JWK[] };
  /** Seconds that a token lives; a negative number makes tokens that have expired already. */
  lifetime: number;
}

/** Signs tokens with a key that is kept in `key.json` of the directory. */
export async function issuer(directory: string, baseUrl: string, lifetime: number): Promise<Issuer> {
  const jwk = await signingKey(join(directory, 'key.json'));
  const key = (await importJWK(jwk, 'RS256')) as CryptoKey;
  const self: Issuer = {
    lifetime,
    jwks: { keys: [publicPart(jwk)] },
    async issue(principal, resource) {
      const now = Math.floor(Date.now() / 1000);
      const expiresOn = now + self.lifetime;
      const token = await new SignJWT(claims(principal, resource, baseUrl))
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: String(jwk.kid) })
        .setIssuedAt(now)
        .setNotBefore(Math.min(now, expiresOn) - 1)
        .setExpirationTime(expiresOn)
        .sign(key);
      return { token, expiresOn, lifetime: self.lifetime };
    },
  };
  return self;
}

/**
 * Azure's own services take version 1 tokens (issuer sts.windows.net, the audience as asked), an app registration
 * version 2 tokens with the id as audience and the caller's app roles.
 * https://learn.microsoft.com/entra/identity-platform/access-tokens
 */
function claims(principal: Principal, resource: string, baseUrl: string) {
  const who = { oid: principal.oid, sub: principal.oid, tid: TENANT, idtyp: 'app', app_displayname: principal.name };
  if (resource === API.uri || resource === API.clientId) {
    const roles = principal.roles.length > 0 ? { roles: principal.roles } : {};
    return {
      ...who,
      ...roles,
      azp: principal.clientId,
      aud: API.clientId,
      iss: `${baseUrl}/${TENANT}/v2.0`,
      ver: '2.0',
    };
  }
  return { ...who, appid: principal.clientId, aud: resource, iss: `https://sts.windows.net/${TENANT}/`, ver: '1.0' };
}

const Key = z.looseObject({ kty: z.literal('RSA'), kid: z.string(), n: z.string(), e: z.string(), d: z.string() });

async function signingKey(path: string): Promise<JWK> {
  const kept = await readJson(path, Key);
  if (kept) return kept as JWK;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = createHash('sha256').update(String(jwk.n)).digest('base64url').slice(0, 27);
  const fresh = { ...jwk, kid };
  await writeDurable(path, JSON.stringify(fresh));
  return fresh;
}

const publicPart = ({ kty, n, e, kid }: JWK): JWK => ({ kty, n, e, kid, use: 'sig', alg: 'RS256' }) as JWK;
