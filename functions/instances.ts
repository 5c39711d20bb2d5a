import type { InvocationContext } from '@azure/functions';
import { type DurableClient, getClient, OrchestrationRuntimeStatus as Status } from 'durable-functions';
import { endedEvent } from '../shared/runs/instances';
import type { InstanceState } from '../shared/runs/stalled';

/** The instances of the task hub, as far as the app looks after them. */
export interface Instances {
  look(id: string): Promise<InstanceState>;
  /** Ends an instance where it is; its open activities run on and are not heard any more. */
  terminate(id: string, reason: string): Promise<void>;
  /** Forgets instances that began before an instant and are over. */
  purge(before: Date): Promise<void>;
  /** Wakes an instance that waits for an outside run; one that is not there, or has ended, needs no waking. */
  tellEnded(id: string, external: string): Promise<void>;
}

const OVER: ReadonlySet<string> = new Set([Status.Completed, Status.Failed, Status.Terminated, Status.Canceled]);

export const instances =
  (clientOf: (context: InvocationContext) => DurableClient = getClient) =>
  (context: InvocationContext): Instances => ({
    async look(id) {
      const status = await clientOf(context)
        .getStatus(id)
        .catch((error: unknown) => {
          // The client has no answer for an instance that never was: it throws what the service said.
          if (/\b404\b/.test(String(error))) return null;
          throw error;
        });
      if (!status) return { kind: 'absent' };
      if (!OVER.has(status.runtimeStatus)) return { kind: 'alive', moved: new Date(status.lastUpdatedTime) };
      return { kind: 'ended', reason: typeof status.output === 'string' ? status.output.slice(0, 500) : '' };
    },
    terminate: (id, reason) => clientOf(context).terminate(id, reason),
    async purge(before) {
      await clientOf(context).purgeInstanceHistoryBy({
        // The host refuses a purge that names no first instant.
        createdTimeFrom: new Date(0),
        createdTimeTo: before,
        runtimeStatus: [Status.Completed, Status.Failed, Status.Terminated],
      });
    },
    async tellEnded(id, external) {
      await clientOf(context)
        .raiseEvent(id, endedEvent(external), null)
        .catch((error: unknown) => {
          if (!/No instance with ID/.test(String(error))) throw error;
        });
    },
  });
