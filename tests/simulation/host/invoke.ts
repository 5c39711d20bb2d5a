import { createOrchestrator } from 'durable-functions/lib/src/util/testingUtils';
import type { Registered } from '../../../local/host/core/core';
import type { Invoke } from '../../../local/host/invoke';
import type { Orchestration } from '../../../orchestrators/call';

export type Orchestrations = readonly Orchestration<unknown, unknown>[];
/** An activity of an instance: JSON text in, JSON text out. */
export type RunActivity = (name: string, input: string | undefined, instance: string) => Promise<string>;

export interface Functions {
  readonly invoke: Invoke;
  find(kind: 'activity' | 'orchestrator', name: string): Registered | undefined;
}

/**
 * The functions of the app as an engine calls them: orchestrators through the durable library itself, which replays the
 * history that it is given, and activities through the ports of the world.
 */
export function functionsOf(
  orchestrations: Orchestrations,
  activities: ReadonlySet<string>,
  runActivity: RunActivity,
): Functions {
  const played = new Map(
    orchestrations.map(({ name, input, run }) => [
      name,
      createOrchestrator(function* (context) {
        return yield* run(context, input.parse(context.df.getInput()));
      }),
    ]),
  );
  const registered = (name: string): Registered => ({
    id: name,
    metadata: { name, bindings: {} },
    callback: () => null,
  });
  return {
    find: (kind, name) => ((kind === 'activity' ? activities : played).has(name) ? registered(name) : undefined),
    async invoke({ id }, { data, instanceId = '' }) {
      const orchestrator = played.get(id);
      if (!orchestrator) {
        const json = await runActivity(id, data.string, instanceId);
        return { result: null, response: async () => ({ returnValue: { json } }) };
      }
      const result: unknown = await orchestrator(JSON.parse(data.string ?? ''), { df: undefined } as never);
      return { result, response: async () => ({}) };
    },
  };
}
