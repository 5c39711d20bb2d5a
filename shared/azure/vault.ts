import type { TokenCredential } from '@azure/identity';
import type { SecretClient } from '@azure/keyvault-secrets';
import { ProblemError, TransientError } from '../errors';
import type { Vault } from '../ports/vault';
import { problem } from '../problem';
import { guarded, VAULT } from './failure';
import { governed } from './governed';
import { governor } from './governor';
import { lazy } from './lazy';
import { LIMITS } from './limits';
import { errorStatus } from './symptom';

const KEPT_MS = 5 * 60_000;
/** While the vault is out of reach, what was read within the hour goes on. */
const CARRIED_MS = 60 * 60_000;
const DEADLINE_MS = 10_000;

export interface VaultOptions {
  readonly url: string;
  readonly credential: TokenCredential;
  /** False only where the vault's host is not under the domain that its challenge names. */
  readonly verifyChallenge: boolean;
  readonly now: () => Date;
}

/** Key Vault, with what it answered kept for five minutes; a failure is not kept. Those who ask at once share one call. */
export function keyVault({
  url,
  credential,
  verifyChallenge,
  now,
}: VaultOptions): Vault & { forget(name: string): void } {
  const kept = new Map<string, { value: Promise<string>; read: number; until: number }>();
  const secrets = governor(VAULT, LIMITS.secrets);
  const client = lazy(async (): Promise<Pick<SecretClient, 'getSecret'>> => {
    const { SecretClient: Client } = await import('@azure/keyvault-secrets');
    const options = { disableChallengeResourceVerification: !verifyChallenge, ...governed(() => secrets) };
    return new Client(url, credential, options);
  });

  const fetched = (name: string): Promise<string> =>
    guarded(VAULT, `reading the secret ${name}`, async () => {
      try {
        const found = await (await client()).getSecret(name, { abortSignal: AbortSignal.timeout(DEADLINE_MS) });
        if (found.value !== undefined) return found.value;
      } catch (error) {
        if (errorStatus(error) !== 404) throw error;
      }
      throw absent(name);
    });

  return {
    secret(name) {
      const at = now().getTime();
      const known = kept.get(name);
      if (known && known.until > at) return known.value;
      const value = fetched(name).catch((error: unknown) => {
        if (!known || known.read + CARRIED_MS < at || !(error instanceof TransientError)) throw error;
        kept.set(name, known);
        return known.value;
      });
      kept.set(name, { value, read: at, until: at + KEPT_MS });
      value.catch(() => {
        if (kept.get(name)?.value === value) kept.delete(name);
      });
      return value;
    },
    /** For a secret that its system refused: the next call reads it anew. */
    forget: (name) => void kept.delete(name),
  };
}

const absent = (name: string): ProblemError =>
  new ProblemError(
    problem('VAULT_ACCESS', VAULT.where, `There is no secret ${name}.`, 'Put it into the vault under that very name.'),
  );
