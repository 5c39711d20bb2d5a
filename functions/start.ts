import type { InvocationContext } from '@azure/functions';
import { type DurableClient, getClient } from 'durable-functions';
import { backfill } from '../orchestrators/backfill';
import { medallion } from '../orchestrators/medallion';
import type { RunRequest } from '../shared/contracts/run';
import type { Ports } from '../shared/ports/ports';
import { recordOf } from '../shared/runs/record';
import type { Wanted } from './services';

/**
 * Every trigger leads here. The run is recorded as queued before its orchestrator is started under the same id: a
 * repeated trigger finds a run that is under way and leaves it alone, or one that a crash left queued and starts it.
 */
export const start =
  ({ runs, now }: Ports, clientOf: (context: InvocationContext) => DurableClient = getClient) =>
  async (context: InvocationContext, { catalog, ...wanted }: Wanted): Promise<RunRequest> => {
    const request: RunRequest = { ...wanted, catalog: catalog.version, sources: [...wanted.sources] };
    const { run } = request;
    const known = await runs.get(run);
    if (known && known.status !== 'Queued') return request;
    if (!known) await runs.put(recordOf(request, { status: 'Queued', started: now().toISOString(), ended: null }));
    const client = clientOf(context);
    try {
      await client.startNew((request.aside ? backfill : medallion).name, { instanceId: run, input: request });
    } catch (error) {
      // Another delivery of the same trigger was faster: then the instance is there, and this is no failure.
      await client.getStatus(run).catch(() => {
        throw error;
      });
    }
    return request;
  };
