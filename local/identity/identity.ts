import { join } from 'node:path';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Built } from '../http/run';
import { clientToken } from './clientToken';
import { issuer } from './issuer';
import { managedToken } from './managed';
import { registry, TENANT } from './registry';

/** Seconds that a token lives unless told otherwise; tokens of five minutes or less are never cached by the SDKs. */
const DEFAULT_LIFETIME_S = 3600;

/**
 * The managed-identity endpoint (`/msi/token`) and the token authority of the tenant.
 * @param baseUrl own address, part of the issuer of version 2 tokens
 */
export async function identity(state: string, baseUrl: string, environment = process.env): Promise<Built> {
  const directory = join(state, 'identity');
  const known = await registry(directory, environment);
  const lifetime = Number(environment['TIDEMARK_TOKEN_LIFETIME'] ?? DEFAULT_LIFETIME_S);
  const signer = await issuer(directory, baseUrl, lifetime);

  const authority = `${baseUrl}/${TENANT}`;
  const discovery = (version: 'v1' | 'v2') => ({
    issuer: version === 'v2' ? `${authority}/v2.0` : `https://sts.windows.net/${TENANT}/`,
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    token_endpoint: `${authority}/oauth2/v2.0/token`,
    jwks_uri: `${authority}/discovery/v2.0/keys`,
    response_types_supported: ['code', 'token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
  });

  const app = new Hono();
  app.get('/msi/token', (c) => managedToken(c.req.raw, known, signer));
  app.post(`/${TENANT}/oauth2/v2.0/token`, (c) => clientToken(c.req.raw, known, signer));
  app.get(`/${TENANT}/v2.0/.well-known/openid-configuration`, (c) => c.json(discovery('v2')));
  app.get(`/${TENANT}/.well-known/openid-configuration`, (c) => c.json(discovery('v1')));
  app.get(`/${TENANT}/discovery/v2.0/keys`, (c) => c.json(signer.jwks));
  app.get(`/${TENANT}/discovery/keys`, (c) => c.json(signer.jwks));
  app.post('/_local/lifetime', async (c) => {
    signer.lifetime = z.object({ seconds: z.int() }).parse(await c.req.json()).seconds;
    return c.json({ seconds: signer.lifetime });
  });
  app.all('/:tenant/oauth2/v2.0/token', (c) =>
    c.json(
      { error: 'invalid_tenant', error_description: `AADSTS90002: Tenant '${c.req.param('tenant')}' not found.` },
      400,
    ),
  );
  app.notFound((c) =>
    c.json(
      { error: { code: 'NotImplemented', message: `identity does not imitate ${c.req.method} ${c.req.path}` } },
      501,
    ),
  );
  return { handler: (request) => app.fetch(request) };
}
