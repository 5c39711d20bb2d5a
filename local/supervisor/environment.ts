import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServiceName } from './freePorts';
import { hostSettings, NOTEBOOKS } from './hostSettings';
import { identityHeader } from './identities';
import { ids, lakeUrl, type Stack, urlOf } from './stack';

/** What every server gets: its port, whom to trust, and whose tokens are good. */
const common = (stack: Stack, name: ServiceName): Record<string, string> => ({
  TIDEMARK_PORT: String(stack.ports[name]),
  TIDEMARK_JWKS_URL: `${urlOf(stack, 'identity')}/${ids.tenant}/discovery/v2.0/keys`,
  NODE_EXTRA_CA_CERTS: stack.layout.ca,
  NO_PROXY: '127.0.0.1,localhost',
  no_proxy: '127.0.0.1,localhost',
});

/** Files that land are announced to the app's Event Grid function, as the deployed subscription does it. */
const subscriptions = (stack: Stack): string =>
  JSON.stringify([
    { container: 'landing', endpoint: `${urlOf(stack, 'host')}/runtime/webhooks/EventGrid?functionName=onBlob` },
  ]);

/** Folder of an extension of DuckDB in the virtual environment, whatever minor version of Python that is. */
export async function extensionFolder(root: string, name: 'mysql' | 'delta'): Promise<string> {
  const lib = join(root, '.venv/lib');
  const python = (await readdir(lib)).find((name) => name.startsWith('python3')) ?? 'python3';
  return join(lib, python, 'site-packages', `duckdb_extension_${name}`);
}

async function actingAs(stack: Stack, who: 'app' | 'factory' | 'databricks'): Promise<Record<string, string>> {
  return {
    IDENTITY_ENDPOINT: `${urlOf(stack, 'identity')}/msi/token`,
    IDENTITY_HEADER: await identityHeader(stack.layout.state, who),
  };
}

/** The whole environment of one server process, beyond what it inherits. */
export async function environmentOf(stack: Stack, name: ServiceName): Promise<Record<string, string>> {
  const base = common(stack, name);
  switch (name) {
    case 'host':
      return {
        ...base,
        TIDEMARK_APP: stack.layout.root,
        ...(await actingAs(stack, 'app')),
        ...(await hostSettings(stack)),
      };
    case 'adf':
      return {
        ...base,
        ...(await actingAs(stack, 'factory')),
        TIDEMARK_LAKE_URL: lakeUrl(stack),
        TIDEMARK_DUCKDB_EXTENSIONS: await extensionFolder(stack.layout.root, 'mysql'),
        TIDEMARK_LAKE_DIR: stack.layout.lake,
      };
    case 'databricks':
      return {
        ...base,
        ...(await actingAs(stack, 'databricks')),
        TIDEMARK_VAULT_URL: urlOf(stack, 'vault'),
        TIDEMARK_PYTHON: join(stack.layout.root, '.venv/bin/python'),
        TIDEMARK_NOTEBOOKS: join(stack.layout.root, 'notebooks'),
        TIDEMARK_NOTEBOOKS_ROOT: NOTEBOOKS,
        TIDEMARK_DRIVER: join(stack.layout.root, 'local/databricks'),
      };
    case 'lake':
      return { ...base, TIDEMARK_LAKE_DIR: stack.layout.lake, TIDEMARK_BLOB_SUBSCRIPTIONS: subscriptions(stack) };
    default:
      return base;
  }
}
