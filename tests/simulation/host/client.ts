import type { DurableClient } from 'durable-functions';
import type { Engine } from '../../../local/host/durable/engine';
import { isFinished } from '../../../local/host/durable/model';
import type { Cross } from './crossing';

/** The part of the durable client that the triggers use, over an engine in the same process. */
export type Client = Pick<
  DurableClient,
  'startNew' | 'getStatus' | 'terminate' | 'purgeInstanceHistoryBy' | 'raiseEvent'
>;

export function clientOf(engine: Engine, cross: Cross, now: () => Date): Client {
  const { hub } = engine;
  return {
    startNew: (name, options) =>
      cross('client.startNew', async () => {
        const id = options?.instanceId ?? '';
        const present = hub.state.instances.get(id);
        if (present && !isFinished(present)) throw new Error(`An instance with ID '${id}' already exists.`);
        const input = JSON.stringify(options?.input ?? null);
        await hub.commit({ t: 'new', id, name, input, at: now().toISOString(), version: '1' });
        return id;
      }),
    getStatus: (id) =>
      cross('client.startNew', () => {
        const present = hub.state.instances.get(id);
        if (!present)
          throw new Error('DurableClient error: Durable Functions extension replied with HTTP 404 response.');
        const { status: runtimeStatus, updatedAt: lastUpdatedTime, output } = present;
        return { runtimeStatus, lastUpdatedTime, output } as never;
      }),
    purgeInstanceHistoryBy: ({ createdTimeTo }) =>
      cross('client.startNew', async () => {
        const over = [...hub.state.instances.values()].filter(isFinished);
        const ids = over.filter(({ createdAt }) => new Date(createdAt) <= (createdTimeTo ?? now())).map(({ id }) => id);
        await hub.commit({ t: 'purge', ids });
        return { instancesDeleted: ids.length };
      }),
    async raiseEvent(id, name) {
      if (!hub.state.instances.has(id)) throw new Error(`No instance with ID '${id}' found.`);
      await hub.commit({ t: 'event', id, name, at: now().toISOString() });
    },
    terminate: (id, reason) =>
      cross('client.startNew', () =>
        hub.commit({ t: 'control', id, what: 'terminate', reason: String(reason), at: now().toISOString() }),
      ),
  };
}
