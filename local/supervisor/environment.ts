import type { ServiceName } from './freePorts';
import { hostSettings } from './hostSettings';
import { identityHeader } from './identities';
import { ids, type Stack, urlOf } from './stack';

/** What every server gets: its port, whom to trust, and whose tokens are good. */
const common = (stack: Stack, name: ServiceName): Record<string, string> => ({
  TIDEMARK_PORT: String(stack.ports[name]),
  TIDEMARK_JWKS_URL: `${urlOf(stack, 'identity')}/${ids.tenant}/discovery/v2.0/keys`,
  NODE_EXTRA_CA_CERTS: stack.layout.ca,
  NO_PROXY: '127.0.0.1,localhost',
  no_proxy: '127.0.0.1,localhost',
});

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
      return { ...base, ...(await actingAs(stack, 'factory')) };
    case 'databricks':
      return { ...base, ...(await actingAs(stack, 'databricks')) };
    default:
      return base;
  }
}
