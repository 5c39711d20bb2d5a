import type { InvocationContext } from '@azure/functions';
import { getClient } from 'durable-functions';
import { medallion } from '../orchestrators/medallion';
import type { RunRequest } from '../shared/contracts/run';
import type { Ports } from '../shared/ports/ports';
import type { Wanted } from './services';

/**
 * Every trigger leads here. The run is recorded as queued before its orchestrator is started under the same id: a
 * repeated trigger finds a run that is under way and leaves it alone, or one that a crash left queued and starts it.
 */
export const start =
  ({ runs, now }: Ports) =>
  async (context: InvocationContext, { run, catalog, sources, trigger }: Wanted): Promise<RunRequest> => {
    const request: RunRequest = { run, catalog: catalog.version, sources: [...sources], trigger };
    const known = await runs.get(run);
    if (known && known.status !== 'Queued') return request;
    if (!known) {
      await runs.put({
        run,
        status: 'Queued',
        trigger,
        catalog: catalog.version,
        wanted: request.sources,
        started: now().toISOString(),
        ended: null,
        sources: [],
        datasets: [],
        problem: null,
      });
    }
    const client = getClient(context);
    try {
      await client.startNew(medallion.name, { instanceId: run, input: request });
    } catch (error) {
      // Another delivery of the same trigger was faster: then the instance is there, and this is no failure.
      await client.getStatus(run).catch(() => {
        throw error;
      });
    }
    return request;
  };
