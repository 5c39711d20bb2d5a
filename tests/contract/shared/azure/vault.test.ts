import { SecretClient } from '@azure/keyvault-secrets';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { vault as localVault } from '../../../../local/vault/vault';
import { keyVault } from '../../../../shared/azure/vault';
import { TransientError } from '../../../../shared/errors';
import { fakeVault } from '../../../fakes/vault';
import { type Credentials, credentials } from '../../../support/credential';
import { type LocalState, localState, planFaults } from '../../../support/local';
import { clock } from './clock';
import { vaultContract } from './vault.contract';

let state: LocalState;
let known: Credentials;
let url: string;
let writer: SecretClient;
const time = clock();
const adapter = () => keyVault({ url, credential: known.of('app'), verifyChallenge: false, now: time.now });
const put = async (value: string): Promise<void> => void (await writer.setSecret('db-password', value));

beforeAll(async () => {
  state = await localState();
  known = await credentials(state.directory);
  url = await state.start((base) => localVault(state.directory, base, known.keys));
  writer = new SecretClient(url, known.of('writer'), { disableChallengeResourceVerification: true });
});
beforeEach(async () => {
  await planFaults(url, []);
  await put('s3cret');
});
afterAll(() => state.dispose());

describe('fake vault', () => vaultContract(async () => fakeVault({ 'db-password': 's3cret' })));
describe('Key Vault', () => vaultContract(async () => adapter()));

describe('Key Vault with its memory', () => {
  test('is asked again after five minutes, or when a secret was refused where it is for', async () => {
    const vault = adapter();
    await vault.secret('db-password');
    await put('second');
    time.pass(299);
    expect(await vault.secret('db-password')).toBe('s3cret');
    time.pass(1);
    expect(await vault.secret('db-password')).toBe('second');
    await put('third');
    vault.forget('db-password');
    expect(await vault.secret('db-password')).toBe('third');
  });

  test('carries on with what it read within the hour while the vault is away, and not for longer', async () => {
    const vault = adapter();
    await vault.secret('db-password');
    await planFaults(url, [{ match: 'GET /secrets/db-password', kind: 'status', status: 403, times: 1 }]);
    time.pass(301);
    await expect(vault.secret('db-password'), 'a refusal is no outage').rejects.toMatchObject({
      problem: { code: 'VAULT_ACCESS' },
    });
    expect(await vault.secret('db-password')).toBe('s3cret');
    await planFaults(url, [{ match: 'GET /secrets/db-password', kind: 'status', status: 429, times: 9 }]);
    time.pass(301);
    expect(await vault.secret('db-password')).toBe('s3cret');
    vault.forget('db-password');
    await expect(vault.secret('db-password'), 'one that was refused does not go on').rejects.toThrow('429');
    await fetch(`${url}/_local/faults`, { method: 'DELETE', headers: { 'x-tidemark-local': '1' } });
  });

  test('is asked once by all who want a secret at the same time', async () => {
    const vault = adapter();
    await planFaults(url, [{ match: 'GET /secrets/db-password', kind: 'status', status: 403, times: 1 }]);
    const all = await Promise.allSettled([vault.secret('db-password'), vault.secret('db-password')]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await vault.secret('db-password'), 'the failure is not kept').toBe('s3cret');
  });

  test('is unreachable, and may be tried again, while it throttles without a word', async () => {
    await planFaults(url, [{ match: 'GET /secrets/db-password', kind: 'status', status: 429, times: 9 }]);
    const failure = await adapter()
      .secret('db-password')
      .catch((error: unknown) => error);
    await fetch(`${url}/_local/faults`, { method: 'DELETE', headers: { 'x-tidemark-local': '1' } });
    expect(failure).toBeInstanceOf(TransientError);
    expect(failure).toMatchObject({ problem: { code: 'VAULT_UNREACHABLE', where: 'Key Vault' } });
  });
});
