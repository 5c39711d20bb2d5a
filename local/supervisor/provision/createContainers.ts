import { lakeUrl, type Stack } from '../stack';
import type { Deployer } from './deployer';

const CONTAINERS = ['landing', 'bronze', 'silver', 'gold', 'exports', 'quarantine'];

/** Creates the lake's file systems; those that exist stay as they are. */
export async function createContainers(stack: Stack, { send }: Deployer): Promise<void> {
  await Promise.all(
    CONTAINERS.map((name) =>
      send(
        'https://storage.azure.com',
        `${lakeUrl(stack)}/${name}?resource=filesystem`,
        { method: 'PUT', headers: { 'x-ms-version': '2025-01-05' } },
        [409],
      ),
    ),
  );
}
