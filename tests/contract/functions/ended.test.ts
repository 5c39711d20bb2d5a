import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { access } from '../../../functions/access';
import { endedRoutes } from '../../../functions/api/ended';
import { instances } from '../../../functions/instances';
import { answer } from '../../../functions/route';
import type { Services } from '../../../functions/services';
import { identity } from '../../../local/identity/identity';
import { API, TENANT } from '../../../local/identity/registry';
import type { Settings } from '../../../shared/config';
import { type LocalState, localState } from '../../support/local';

const INSTANCE = '20260101T000000-0000abcd:source:users';
const headers = { factory: 'header-of-the-factory', stranger: 'header-of-a-stranger' };
const principal = (name: string, roles: string[]) => ({ name, roles, oid: randomUUID(), clientId: randomUUID() });

let state: LocalState;
let authority: string;
let app: string;
const raised: string[] = [];

beforeAll(async () => {
  state = await localState();
  const known = {
    [headers.factory]: principal('factory', ['Reader']),
    [headers.stranger]: principal('stranger', []),
  };
  const environment = { TIDEMARK_IDENTITIES: JSON.stringify(known) };
  authority = await state.start((base) => identity(state.directory, base, environment));
  const client = { raiseEvent: async (id: string, name: string) => void raised.push(`${id} ${name}`) };
  const services = { instances: instances(() => client as never) } as unknown as Services;
  const settings = { ENTRA_ISSUER: `${authority}/${TENANT}/v2.0`, ENTRA_AUDIENCE: API.clientId } as Settings;
  const [route] = endedRoutes;
  if (!route) throw new Error('there is no such route');
  const handle = answer(route, services, access(settings));
  ({ url: app } = await state.serve(async (request) => {
    const { status, jsonBody, body } = await handle(request as never, { error: () => undefined } as never);
    return new Response(jsonBody ? JSON.stringify(jsonBody) : String(body), { status: status ?? 200 });
  }));
});
afterAll(() => state?.dispose());

async function tell(token: string | null, run: string): Promise<number> {
  const body = JSON.stringify({ instance: INSTANCE, run });
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  return (await fetch(app, { method: 'POST', headers: authorization, body })).status;
}
/** A token as the factory's own identity gets it, for what the pipelines name as their audience. */
async function tokenOf(header: string, resource: string = API.clientId): Promise<string> {
  const asked = await fetch(`${authority}/msi/token?api-version=2019-08-01&resource=${encodeURIComponent(resource)}`, {
    headers: { 'x-identity-header': header },
  });
  return ((await asked.json()) as { access_token: string }).access_token;
}

test('the factory is heard, and nobody who forges its call-back', async () => {
  const run = randomUUID();
  expect(await tell(null, run)).toBe(401);
  expect(await tell('a.b.c', run)).toBe(401);
  expect(await tell(await tokenOf(headers.factory, 'https://vault.azure.net'), run)).toBe(401);
  expect(await tell(await tokenOf(headers.stranger), run)).toBe(403);
  expect(raised).toEqual([]);
  expect(await tell(await tokenOf(headers.factory), run)).toBe(200);
  expect(raised).toEqual([`${INSTANCE} ended:${run}`]);
});
