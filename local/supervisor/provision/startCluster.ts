import { ids, type Stack, urlOf } from '../stack';
import type { Deployer } from './deployer';

/** Resource id of Azure Databricks in Entra ID. */
const DATABRICKS = '2ff814a6-3304-4ab8-85cb-cd0e6f879c1d';

/** Wakes the cluster, so that the first run finds a warm Spark; one that runs or starts already is left alone. */
export async function startCluster(stack: Stack, { send }: Deployer): Promise<void> {
  const body = JSON.stringify({ cluster_id: ids.cluster });
  const headers = { 'content-type': 'application/json' };
  await send(
    DATABRICKS,
    `${urlOf(stack, 'databricks')}/api/2.1/clusters/start`,
    { method: 'POST', body, headers },
    [400],
  );
}
