import { z } from 'zod';

const Token = z.object({ access_token: z.string() });
const Secret = z.object({ value: z.string() });

export interface VaultAccess {
  readonly vaultUrl: string;
  /** The managed identity of the workspace: `IDENTITY_ENDPOINT` and `IDENTITY_HEADER`. */
  readonly identityEndpoint: string;
  readonly identityHeader: string;
}

/**
 * Reads secrets as a Databricks scope that is backed by a Key Vault does, with the workspace's managed identity.
 * https://learn.microsoft.com/azure/databricks/security/secrets/
 */
export function secretScope(access: VaultAccess | undefined): (key: string) => Promise<string> {
  return async (key) => {
    if (!access)
      throw new Error('no vault is behind this scope: set TIDEMARK_VAULT_URL, IDENTITY_ENDPOINT, IDENTITY_HEADER');
    const identity = new URL(access.identityEndpoint);
    identity.search = new URLSearchParams({
      resource: 'https://vault.azure.net',
      'api-version': '2019-08-01',
    }).toString();
    const token = Token.parse(await json(identity, { 'x-identity-header': access.identityHeader }));
    const secret = new URL(`/secrets/${encodeURIComponent(key)}?api-version=7.4`, access.vaultUrl);
    return Secret.parse(await json(secret, { authorization: `Bearer ${token.access_token}` })).value;
  };
}

async function json(url: URL, headers: Record<string, string>): Promise<unknown> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(20_000) });
  if (!response.ok) throw new Error(`${url.origin}${url.pathname} answered ${response.status}`);
  return response.json();
}
