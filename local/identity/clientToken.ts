import { createHash, timingSafeEqual } from 'node:crypto';
import type { Issuer } from './issuer';
import type { Registry } from './registry';

const refuse = (status: number, error: string, code: number, text: string) =>
  Response.json({ error, error_description: `AADSTS${code}: ${text}`, error_codes: [code] }, { status });

/**
 * Client-credentials grant with a secret in the form or in a Basic header.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export async function clientToken(request: Request, registry: Registry, issuer: Issuer): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  if (form.get('grant_type') !== 'client_credentials') {
    return refuse(400, 'unsupported_grant_type', 70003, 'this authority issues only client-credentials tokens');
  }
  const [basicId, basicSecret] = basic(request.headers.get('authorization'));
  const clientId = form.get('client_id') ?? basicId ?? '';
  const client = registry.clients[clientId];
  if (!client)
    return refuse(400, 'unauthorized_client', 700016, `Application '${clientId}' was not found in the directory`);
  if (!same(client.secret, form.get('client_secret') ?? basicSecret ?? '')) {
    return refuse(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
  }
  const resource = /^(.+)\/\.default$/.exec(form.get('scope') ?? '')?.[1];
  if (!resource) return refuse(400, 'invalid_scope', 1002012, 'scope must be the resource followed by /.default');

  const { token, lifetime } = await issuer.issue({ ...client, clientId }, resource);
  return Response.json({ token_type: 'Bearer', expires_in: lifetime, ext_expires_in: lifetime, access_token: token });
}

function basic(header: string | null): (string | undefined)[] {
  const encoded = /^Basic +(\S+)$/i.exec(header ?? '')?.[1];
  return encoded ? Buffer.from(encoded, 'base64').toString().split(':').map(decodeURIComponent) : [];
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
