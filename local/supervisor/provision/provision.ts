import type { ServiceName } from '../freePorts';
import type { Stack } from '../stack';
import { createContainers } from './createContainers';
import { createShop } from './createShop';
import { deployer } from './deployer';
import { deployFactory } from './deployFactory';
import { publishCatalog } from './publishCatalog';
import { putSecrets } from './putSecrets';
import { startCluster } from './startCluster';

/**
 * Brings a stack to where a deployment would have left it. Every step may be repeated; each begins as soon as the
 * service that it needs is healthy.
 */
export async function provision(
  stack: Stack,
  healthy: (name: ServiceName) => Promise<void>,
  say: (doing: string) => void,
): Promise<void> {
  await healthy('identity');
  const as = deployer(stack);
  const step = async (needs: ServiceName[], doing: string, run: () => Promise<void>) => {
    await Promise.all(needs.map(healthy));
    say(doing);
    await run();
  };
  await Promise.all([
    step(['vault', 'sftp'], 'putting secrets', () => putSecrets(stack, as)),
    step(['databricks'], 'waking Spark', () => startCluster(stack, as)),
    step(['adf'], 'deploying the factory', () => deployFactory(stack, as)),
    step(['mysql'], "creating the shop's table", () => createShop(stack)),
    step(['lake'], 'creating containers', () => createContainers(stack, as)),
  ]);
  await step(['host', 'tables'], 'publishing the catalog', () => publishCatalog(stack));
}
