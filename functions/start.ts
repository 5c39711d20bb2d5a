import type { InvocationContext } from '@azure/functions';
import { type DurableClient, getClient } from 'durable-functions';
import { backfill } from '../orchestrators/backfill';
import { medallion } from '../orchestrators/medallion';
import type { RunRequest } from '../shared/contracts/run';
import type { Ports } from '../shared/ports/ports';
import { recordOf } from '../shared/runs/record';
import { begin } from './begin';
import type { Wanted } from './services';

/** Every trigger that moves data leads here. */
export const start =
  (ports: Ports, clientOf: (context: InvocationContext) => DurableClient = getClient) =>
  async (context: InvocationContext, { catalog, ...wanted }: Wanted): Promise<RunRequest> => {
    const request: RunRequest = { ...wanted, catalog: catalog.version, sources: [...wanted.sources] };
    const queued = recordOf(request, { status: 'Queued', started: ports.now().toISOString(), ended: null });
    await begin(ports, clientOf(context), request.aside ? backfill : medallion, queued, request);
    return request;
  };
