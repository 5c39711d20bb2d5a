import { expect, test } from 'vitest';
import { ProblemError, TransientError } from '../../../../shared/errors';
import type { Vault } from '../../../../shared/ports/vault';

/** What every vault promises; it holds `db-password`, whose value is `s3cret`. */
export function vaultContract(make: () => Promise<Vault>): void {
  test('a secret is its value', async () => {
    expect(await (await make()).secret('db-password')).toBe('s3cret');
  });

  test('a secret that is not there needs a person, and is not tried again', async () => {
    const failure = await (await make()).secret('nothing').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    expect(failure).not.toBeInstanceOf(TransientError);
    expect(failure).toMatchObject({ problem: { code: 'VAULT_ACCESS', why: expect.stringContaining('nothing') } });
  });
}
