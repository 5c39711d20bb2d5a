import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SecretClient } from '@azure/keyvault-secrets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeDurable } from '../../../../local/disk/durable';
import { vault } from '../../../../local/vault/vault';
import { collect } from '../../../support/collect';
import { type Credentials, credentials } from '../../../support/credential';
import { type LocalState, localState } from '../../../support/local';

let state: LocalState;
let known: Credentials;
let url: string;
let client: SecretClient;

const clientOf = (name: string) =>
  new SecretClient(url, known.of(name), {
    disableChallengeResourceVerification: true,
    retryOptions: { maxRetries: 0 },
  });
const start = (limit?: { count: number; seconds: number }) =>
  state.start((base) => vault(state.directory, base, known.keys, limit && { 'vault.transactions': [limit] }));

beforeAll(async () => {
  state = await localState();
  known = await credentials(state.directory);
  url = await start();
  client = clientOf('app');
});
afterAll(() => state.dispose());

describe('the vault', () => {
  test('challenges a caller without a token and one with a token for something else', async () => {
    const bare = await fetch(`${url}/secrets/a/?api%2Dversion=2025-07-01`);
    expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('resource="https://vault.azure.net"'),
    ]);
    const other = await known.of('app').getToken('https://storage.azure.com/.default');
    const wrong = await fetch(`${url}/secrets/a/`, { headers: { authorization: `Bearer ${other?.token}` } });
    expect(wrong.status).toBe(401);
  });

  test('keeps versions and answers the newest', async () => {
    const first = await client.setSecret('db-password', 'one');
    await client.setSecret('db-password', 'two', { tags: { owner: 'etl' }, contentType: 'text/plain' });
    expect(await client.getSecret('db-password')).toMatchObject({
      name: 'db-password',
      value: 'two',
      properties: {
        vaultUrl: url,
        enabled: true,
        tags: { owner: 'etl' },
        contentType: 'text/plain',
        recoverableDays: 90,
      },
    });
    const old = await client.getSecret('DB-Password', { version: String(first.properties.version) });
    expect(old.value).toBe('one');
    const versions = await collect(client.listPropertiesOfSecretVersions('db-password'));
    expect(versions).toHaveLength(2);
  });

  test('pages through a list longer than a page, without values', async () => {
    for (let i = 0; i < 30; i += 1) await client.setSecret(`many-${i}`, 'x');
    const listed = await collect(client.listPropertiesOfSecrets());
    expect(listed.filter(({ name }) => name.startsWith('many-'))).toHaveLength(30);
    expect(JSON.stringify(listed)).not.toContain('"value"');
  });

  test('says SecretNotFound for an unknown name and SecretDisabled for a disabled version', async () => {
    await expect(client.getSecret('nope')).rejects.toMatchObject({ statusCode: 404, code: 'SecretNotFound' });
    const made = await client.setSecret('off', 'x');
    await client.updateSecretProperties('off', String(made.properties.version), { enabled: false });
    await expect(client.getSecret('off')).rejects.toMatchObject({
      statusCode: 403,
      details: { error: { innerError: { code: 'SecretDisabled' } } },
    });
  });

  test('deletes softly, refuses the name until recovery or purge', async () => {
    await client.setSecret('gone', 'x');
    await (await client.beginDeleteSecret('gone', { intervalInMs: 10 })).pollUntilDone();
    await expect(client.getSecret('gone')).rejects.toMatchObject({ code: 'SecretNotFound' });
    await expect(client.setSecret('gone', 'y')).rejects.toMatchObject({ statusCode: 409 });
    expect((await collect(client.listDeletedSecrets())).map(({ name }) => name)).toEqual(['gone']);
    await (await client.beginRecoverDeletedSecret('gone', { intervalInMs: 10 })).pollUntilDone();
    expect((await client.getSecret('gone')).value).toBe('x');
    await (await client.beginDeleteSecret('gone', { intervalInMs: 10 })).pollUntilDone();
    await client.purgeDeletedSecret('gone');
    expect((await client.setSecret('gone', 'z')).value).toBe('z');
  });

  test('refuses an identity whose policy lacks the permission, and leaves others alone', async () => {
    await client.setSecret('guarded', 'x');
    await writeDurable(join(state.directory, 'vault/access.json'), JSON.stringify({ reader: ['get'], stranger: [] }));
    await expect(clientOf('stranger').getSecret('guarded')).rejects.toMatchObject({
      statusCode: 403,
      code: 'Forbidden',
      details: { error: { innerError: { code: 'AccessDenied' } } },
    });
    expect((await clientOf('reader').getSecret('guarded')).value).toBe('x');
    await expect(clientOf('reader').setSecret('guarded', 'y')).rejects.toMatchObject({ statusCode: 403 });
    expect((await client.setSecret('guarded', 'y')).value).toBe('y');
  });

  test('throttles with Retry-After beyond the published number of transactions', async () => {
    const strict = new SecretClient(await start({ count: 1, seconds: 60 }), known.of('app'), {
      disableChallengeResourceVerification: true,
      retryOptions: { maxRetries: 0 },
    });
    await strict.setSecret('once', 'x');
    await expect(strict.getSecret('once')).rejects.toMatchObject({ statusCode: 429 });
  });

  test('keeps secrets over a restart, in files that only the owner reads', async () => {
    await client.setSecret('kept', 'over');
    const directory = join(state.directory, 'vault/secrets');
    const again = new SecretClient(await start(), known.of('app'), { disableChallengeResourceVerification: true });
    expect((await again.getSecret('kept')).value).toBe('over');
    for (const file of await readdir(directory)) expect((await stat(join(directory, file))).mode & 0o777).toBe(0o600);
  });

  test('names a call that it does not imitate', async () => {
    const answer = await fetch(`${url}/keys/a`);
    expect([answer.status, await answer.text()]).toEqual([501, expect.stringContaining('GET /keys/a')]);
  });
});
