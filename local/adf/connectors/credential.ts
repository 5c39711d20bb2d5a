import { ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import type { Services } from '../engine/context';
import { ActivityError } from '../engine/failure';

/** The factory's own managed identity, as its environment names it. */
export const managedIdentity = (): TokenCredential => new ManagedIdentityCredential();

/** Reads secrets over HTTPS with the factory's identity; nothing is kept, so a rotated secret counts at once. */
export function secretsOf(credential: TokenCredential): Services['secret'] {
  const clients = new Map<string, SecretClient>();
  return async ({ baseUrl }, name, version) => {
    let client = clients.get(baseUrl);
    // The vault's own host never matches the resource that an address on the loopback interface would have to name.
    client ??= new SecretClient(baseUrl, credential, { disableChallengeResourceVerification: true });
    clients.set(baseUrl, client);
    try {
      const secret = await client.getSecret(name, version ? { version } : {});
      return secret.value ?? '';
    } catch (cause) {
      const status = (cause as { statusCode?: number }).statusCode;
      const kind = status !== undefined && status < 500 && status !== 429 ? 'UserError' : 'SystemError';
      throw new ActivityError(
        '',
        `Failed to get the secret '${name}' from the key vault ${baseUrl}: ${(cause as Error).message}`,
        kind,
        cause,
      );
    }
  };
}
