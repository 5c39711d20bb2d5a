import type { TokenCredential } from '@azure/identity';
import type { Settings } from '../config';
import { lazy } from './lazy';

/** The part of the settings that says who the app is. */
export type CredentialSettings = Pick<
  Settings,
  'CREDENTIAL' | 'AZURE_CLIENT_ID' | 'AZURE_TENANT_ID' | 'AZURE_CLIENT_SECRET' | 'AZURE_AUTHORITY_HOST'
>;

/**
 * The app's identity towards every Azure service: a managed identity, named when AZURE_CLIENT_ID is set, or a service
 * principal. Never a chain: a developer tool must not be picked by accident. The identity library loads at the first token.
 */
export function credential(settings: CredentialSettings): TokenCredential {
  const real = lazy(async (): Promise<TokenCredential> => {
    const { ManagedIdentityCredential, ClientSecretCredential } = await import('@azure/identity');
    const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client, AZURE_CLIENT_SECRET: secret } = settings;
    if (settings.CREDENTIAL === 'managed-identity') {
      return client ? new ManagedIdentityCredential({ clientId: client }) : new ManagedIdentityCredential();
    }
    if (!tenant || !client || !secret) {
      throw new Error(
        'CREDENTIAL is service-principal but the principal is incomplete: set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.',
      );
    }
    const authority = settings.AZURE_AUTHORITY_HOST;
    // Discovery asks the public cloud about the authority, which knows nothing of another one.
    const options = authority ? { authorityHost: authority, disableInstanceDiscovery: true } : {};
    return new ClientSecretCredential(tenant, client, secret, options);
  });
  return { getToken: async (scopes, options) => (await real()).getToken(scopes, options) };
}
