import type { Ports, ServiceName } from './freePorts';
import type { Layout } from './layout';
import type { Secrets } from './secrets';

/** One stack: where it lies, what it listens on, what it keeps secret. */
export interface Stack {
  readonly layout: Layout;
  readonly ports: Ports;
  readonly secrets: Secrets;
}

/** Base URL of a service that speaks HTTPS. */
export const urlOf = ({ ports }: Stack, name: ServiceName): string => `https://127.0.0.1:${ports[name]}`;

/** What `status` shows as the address of a service. */
export function addressOf(stack: Stack, name: ServiceName): string {
  if (name === 'mysql') return `mysql://127.0.0.1:${stack.ports.mysql}/shop`;
  if (name === 'sftp') return `sftp://etl@127.0.0.1:${stack.ports.sftp}`;
  return urlOf(stack, name);
}

/** mysql:// URL of the account that may write to the shop. */
export const shopUrl = ({ ports, secrets }: Stack): string =>
  `mysql://shop:${secrets.shopPassword}@127.0.0.1:${ports.mysql}/shop`;

/** The ids that stand for a subscription in the local Azure. */
export const ids = {
  tenant: '00000000-0000-4000-8000-000000000001',
  subscription: '00000000-0000-4000-8000-000000000002',
  group: 'tidemark-local',
  factory: 'tidemark-local',
  lakeAccount: 'tidemarklake',
  tablesAccount: 'devstoreaccount1',
  cluster: '0101-000000-tidemark',
} as const;

/** Resource id of the local factory. */
export const factoryId = `/subscriptions/${ids.subscription}/resourceGroups/${ids.group}/providers/Microsoft.DataFactory/factories/${ids.factory}`;

/** DFS endpoint of the lake account. */
export const lakeUrl = (stack: Stack): string => `${urlOf(stack, 'lake')}/${ids.lakeAccount}`;
