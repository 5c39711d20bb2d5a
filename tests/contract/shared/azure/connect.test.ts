import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Served } from '../../../../local/http/serve';
import { identity } from '../../../../local/identity/identity';
import { Clients, TENANT } from '../../../../local/identity/registry';
import { tables } from '../../../../local/tables/tables';
import { connect } from '../../../../shared/azure/connect';
import { credential } from '../../../../shared/azure/credential';
import { readSettings } from '../../../../shared/config';
import { ProblemError } from '../../../../shared/errors';
import { type LocalState, localState } from '../../../support/local';

const HEADER = 'header-of-the-app-process';
const app = { name: 'app', oid: randomUUID(), clientId: randomUUID() };
const STORAGE = 'https://storage.azure.com/.default';

let state: LocalState;
let authority: string;
let served: Served;
let principal: Record<string, string>;

beforeAll(async () => {
  state = await localState();
  const identities = JSON.stringify({ [HEADER]: app });
  authority = await state.start((base) => identity(state.directory, base, { TIDEMARK_IDENTITIES: identities }));
  process.env['IDENTITY_ENDPOINT'] = `${authority}/msi/token`;
  process.env['IDENTITY_HEADER'] = HEADER;
  const keys = createRemoteJWKSet(new URL(`${authority}/${TENANT}/discovery/v2.0/keys`));
  served = await tables(state.directory, 0, keys);
  const clients = Clients.parse(JSON.parse(await readFile(join(state.directory, 'identity/clients.json'), 'utf8')));
  const [[clientId, { secret }] = ['', { secret: '' }]] = Object.entries(clients);
  principal = {
    CREDENTIAL: 'service-principal',
    AZURE_TENANT_ID: TENANT,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: secret,
    AZURE_AUTHORITY_HOST: authority,
  };
});
afterAll(async () => {
  await served?.close();
  await state?.dispose();
});

const settings = (over: Record<string, string> = {}) =>
  readSettings({
    FACTORY_ID: '/subscriptions/s/resourceGroups/g/providers/Microsoft.DataFactory/factories/f',
    FACTORY_ENDPOINT: 'https://127.0.0.1:1',
    LAKE_URL: 'https://127.0.0.1:1/tidemarklake',
    LAKE_URI: 'abfss://{container}@lake/',
    TABLES_URL: served.url,
    VAULT_URL: 'https://127.0.0.1:1',
    MAIL_ENDPOINT: 'https://127.0.0.1:1',
    MAIL_SENDER: 'tidemark@example.com',
    DATABRICKS_URL: 'https://127.0.0.1:1',
    DATABRICKS_CLUSTER_ID: 'c',
    DATABRICKS_NOTEBOOKS: '/Shared/tidemark',
    CONNECTIONS: '{}',
    PUBLIC_URL: 'https://127.0.0.1:1',
    ...over,
  });

describe('the ports over Azure', () => {
  test('are built without a call, even where nothing answers', () => {
    const now = () => new Date(0);
    const ports = connect(settings({ TABLES_URL: 'https://127.0.0.1:1/x' }), now);
    expect(ports.now()).toEqual(new Date(0));
  });

  test('reach the tables as the managed identity of the process', async () => {
    const ports = connect(settings());
    expect(await ports.catalogs.current()).toBeNull();
    expect(await ports.ledger.acquire('users', '20261122T181500-aaaaaaaa', 60)).toMatchObject({ kind: 'held' });
  });

  test('reach the tables as a service principal of another authority', async () => {
    const ports = connect(settings(principal));
    expect(await ports.runs.list(1)).toEqual([]);
  });
});

describe('the credential', () => {
  test('is the identity that the settings name', async () => {
    const oid = async (over: Record<string, string>) =>
      decodeJwt((await credential(settings(over)).getToken(STORAGE))?.token ?? '')['oid'];
    expect(await oid({})).toBe(app.oid);
    expect(await oid(principal)).not.toBe(app.oid);
  });

  test('of a principal with a wrong secret is a problem that no retry cures', async () => {
    const ports = connect(settings({ ...principal, AZURE_CLIENT_SECRET: 'wrong' }));
    const failure = await ports.publications.get('buyers').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    expect(failure).toMatchObject({ problem: { transient: false } });
    expect(JSON.stringify(failure)).not.toContain('wrong');
  });

  test('of a principal without a secret says which settings it lacks', async () => {
    const incomplete = credential(settings({ CREDENTIAL: 'service-principal' }));
    await expect(incomplete.getToken(STORAGE)).rejects.toThrow(/AZURE_CLIENT_SECRET/);
  });
});
