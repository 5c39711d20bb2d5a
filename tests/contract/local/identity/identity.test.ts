import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ClientSecretCredential, ManagedIdentityCredential } from '@azure/identity';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identity } from '../../../../local/identity/identity';
import { API, Clients, TENANT } from '../../../../local/identity/registry';
import { type LocalState, localState } from '../../../support/local';

const HEADER = 'header-of-the-app-process';
const app = { name: 'app', oid: randomUUID(), clientId: randomUUID() };
const assigned = { name: 'app-assigned', oid: randomUUID(), clientId: randomUUID() };

let state: LocalState;
let url: string;
let clients: ReturnType<typeof Clients.parse>;

beforeAll(async () => {
  state = await localState();
  const identities = JSON.stringify({ [HEADER]: { ...app, userAssigned: [assigned] } });
  url = await state.start((base) => identity(state.directory, base, { TIDEMARK_IDENTITIES: identities }));
  process.env['IDENTITY_ENDPOINT'] = `${url}/msi/token`;
  process.env['IDENTITY_HEADER'] = HEADER;
  clients = Clients.parse(JSON.parse(await readFile(join(state.directory, 'identity/clients.json'), 'utf8')));
});
afterAll(() => state.dispose());

const named = (name: string) => {
  const found = Object.entries(clients).find(([, client]) => client.name === name);
  if (!found) throw new Error(`no client ${name}`);
  return { clientId: found[0], ...found[1] };
};
const principal = (name: string, secret = named(name).secret) =>
  new ClientSecretCredential(TENANT, named(name).clientId, secret, {
    authorityHost: url,
    disableInstanceDiscovery: true,
    retryOptions: { maxRetries: 0 },
  });

describe('the managed-identity endpoint', () => {
  test('gives the SDK a token of the process’s own identity that our keys verify', async () => {
    const { token, expiresOnTimestamp } = await new ManagedIdentityCredential().getToken(
      'https://storage.azure.com/.default',
    );
    const keys = createRemoteJWKSet(new URL(`${url}/${TENANT}/discovery/v2.0/keys`));
    const { payload } = await jwtVerify(token, keys, { issuer: `https://sts.windows.net/${TENANT}/` });
    expect(payload).toMatchObject({ aud: 'https://storage.azure.com', oid: app.oid, tid: TENANT, appid: app.clientId });
    expect(expiresOnTimestamp).toBe((payload.exp ?? 0) * 1000);
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
    expect(payload.nbf).toBeLessThanOrEqual(payload.iat ?? 0);
  });

  test('gives a user-assigned identity by its client id and refuses an unknown one', async () => {
    const { token } = await new ManagedIdentityCredential({ clientId: assigned.clientId }).getToken(
      'https://vault.azure.net/.default',
    );
    expect(decodeJwt(token)['oid']).toBe(assigned.oid);
    const unknown = new ManagedIdentityCredential({ clientId: randomUUID() });
    await expect(unknown.getToken('https://vault.azure.net/.default')).rejects.toThrow(/No User Assigned/);
  });

  test('refuses a process whose header it does not know', async () => {
    const query = 'api-version=2019-08-01&resource=https://vault.azure.net';
    const answer = await fetch(`${url}/msi/token?${query}`, { headers: { 'x-identity-header': 'stolen' } });
    expect(answer.status).toBe(401);
  });
});

describe('the token authority', () => {
  test('gives a registered client its app roles in a version 2 token for the API', async () => {
    const { token } = await principal('operator-cli').getToken(`${API.uri}/.default`);
    const discovery = (await (await fetch(`${url}/${TENANT}/v2.0/.well-known/openid-configuration`)).json()) as {
      issuer: string;
      jwks_uri: string;
    };
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(discovery.jwks_uri)), {
      issuer: discovery.issuer,
      audience: API.clientId,
    });
    expect(payload['roles']).toEqual(['Operator']);
  });

  test('gives a service principal a storage token with the issuer that storage takes', async () => {
    const { token } = await principal('app-principal').getToken('https://storage.azure.com/.default');
    expect(decodeJwt(token)).toMatchObject({
      aud: 'https://storage.azure.com',
      iss: `https://sts.windows.net/${TENANT}/`,
    });
    expect(decodeJwt(token)['roles']).toBeUndefined();
  });

  test('refuses a wrong secret', async () => {
    await expect(principal('admin-cli', 'not-the-secret-of-it').getToken(`${API.uri}/.default`)).rejects.toThrow(
      /AADSTS7000215/,
    );
  });

  test('issues expired tokens on demand', async () => {
    const answer = await fetch(`${url}/_local/lifetime`, {
      method: 'POST',
      headers: { 'x-tidemark-local': '1' },
      body: JSON.stringify({ seconds: -60 }),
    });
    expect(answer.status).toBe(200);
    const query = 'api-version=2019-08-01&resource=https://vault.azure.net';
    const token = await fetch(`${url}/msi/token?${query}`, { headers: { 'x-identity-header': HEADER } });
    const { access_token } = (await token.json()) as { access_token: string };
    expect(decodeJwt(access_token).exp).toBeLessThan(Date.now() / 1000);
  });

  test('keeps key and clients over a restart, in files that only the owner reads', async () => {
    const keysOf = async () => {
      const { handler } = await identity(state.directory, url, {});
      return (await handler(new Request(`${url}/${TENANT}/discovery/v2.0/keys`))).json();
    };
    expect(await keysOf()).toEqual(await keysOf());
    for (const file of ['key.json', 'clients.json', 'identities.json']) {
      expect((await stat(join(state.directory, 'identity', file))).mode & 0o777).toBe(0o600);
    }
  });
});
