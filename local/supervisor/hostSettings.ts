import { readSshKeys } from '../sources/sshKeys';
import { factoryId, ids, lakeUrl, type Stack, urlOf } from './stack';

/** Workspace folder that the notebooks are deployed to. */
export const NOTEBOOKS = '/Shared/tidemark';

/**
 * The settings of the function app on this machine: the same keys as in Azure, other values. `TIDEMARK_CONNECTIONS` is the
 * addresses of servers that are none of the stack's, in the form of `CONNECTIONS`.
 */
export async function hostSettings(
  stack: Stack,
  environment: Record<string, string | undefined> = process.env,
): Promise<Record<string, string>> {
  const { fingerprint } = await readSshKeys(stack.layout.state);
  const connections = {
    'shop-db': { host: '127.0.0.1', port: stack.ports.mysql, username: 'etl' },
    'partner-sftp': {
      host: '127.0.0.1',
      port: stack.ports.sftp,
      username: 'etl',
      hostKeyFingerprint: fingerprint,
    },
    ...JSON.parse(environment['TIDEMARK_CONNECTIONS'] || '{}'),
  };
  return {
    CREDENTIAL: 'managed-identity',
    AZURE_TENANT_ID: ids.tenant,
    AZURE_AUTHORITY_HOST: urlOf(stack, 'identity'),
    FACTORY_ENDPOINT: urlOf(stack, 'adf'),
    FACTORY_ID: factoryId,
    LAKE_URL: lakeUrl(stack),
    LAKE_URI: `file://${stack.layout.lake}/{container}`,
    TABLES_URL: `${urlOf(stack, 'tables')}/${ids.tablesAccount}`,
    VAULT_URL: urlOf(stack, 'vault'),
    VAULT_CHALLENGE_VERIFICATION: 'off',
    MAIL_ENDPOINT: urlOf(stack, 'mail'),
    MAIL_SENDER: 'donotreply@tidemark.example',
    DATABRICKS_URL: urlOf(stack, 'databricks'),
    DATABRICKS_CLUSTER_ID: ids.cluster,
    DATABRICKS_NOTEBOOKS: NOTEBOOKS,
    DATABRICKS_AUTH: 'identity',
    CONNECTIONS: JSON.stringify(connections),
    ENTRA_ISSUER: `${urlOf(stack, 'identity')}/${ids.tenant}/v2.0`,
    ENTRA_AUDIENCE: '00000000-0000-4000-8000-0000000000a0',
    API_KEY: stack.secrets.apiKey,
    POLL_FIRST_SECONDS: '0.25',
    POLL_LONGEST_SECONDS: '2',
    PUBLIC_URL: urlOf(stack, 'host'),
  };
}
