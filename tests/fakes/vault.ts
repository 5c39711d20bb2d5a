import { ProblemError } from '../../shared/errors';
import type { Vault } from '../../shared/ports/vault';
import { problem } from '../../shared/problem';

/** Secrets in memory. */
export const fakeVault = (secrets: Record<string, string> = {}): Vault => ({
  async secret(name) {
    const value = secrets[name];
    if (value !== undefined) return value;
    throw new ProblemError(problem('VAULT_ACCESS', 'Key Vault', `There is no secret ${name}.`, 'Put it there.'));
  },
});
