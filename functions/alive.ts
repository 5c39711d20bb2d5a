import type { InvocationContext } from '@azure/functions';
import { getClient, OrchestrationRuntimeStatus as Status } from 'durable-functions';

const OVER: ReadonlySet<string> = new Set([Status.Completed, Status.Failed, Status.Terminated, Status.Canceled]);

/** Whether the orchestrator of a run is there and has not ended. */
export async function alive(context: InvocationContext, run: string): Promise<boolean> {
  const status = await getClient(context)
    .getStatus(run)
    .catch((error: unknown) => {
      // The client has no answer for an instance that never was: it throws what the service said.
      if (/\b404\b/.test(String(error))) return null;
      throw error;
    });
  return status?.runtimeStatus !== undefined && !OVER.has(status.runtimeStatus);
}
