import type { DurableClient } from 'durable-functions';
import type { Run } from '../shared/contracts/run';
import type { Ports } from '../shared/ports/ports';

/**
 * The run is recorded as queued before its orchestrator is started under the same id: a repeated trigger finds a run
 * that is under way and leaves it alone, or one that a crash left queued and starts it.
 */
export async function begin(
  { runs }: Pick<Ports, 'runs'>,
  client: DurableClient,
  orchestrator: { readonly name: string },
  queued: Run,
  input: unknown,
): Promise<void> {
  const known = await runs.get(queued.run);
  if (known && known.status !== 'Queued') return;
  if (!known) await runs.put(queued);
  try {
    await client.startNew(orchestrator.name, { instanceId: queued.run, input });
  } catch (error) {
    // Another delivery of the same trigger was faster: then the instance is there, and this is no failure.
    await client.getStatus(queued.run).catch(() => {
      throw error;
    });
  }
}
