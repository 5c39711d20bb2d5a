import type { Call } from './call';
import type { Meta, Node } from './node';
import type { Ticket } from './outbox';
import { publish } from './publish';

/** Publishes a file and sends its blob event; if the publication fails, the event is taken back. */
export async function commitWithEvent(
  { lake, target }: Call,
  api: 'FlushWithClose' | 'PutBlob',
  fresh: string,
  file: string,
  meta: Partial<Meta>,
): Promise<Node> {
  let ticket: Ticket | undefined;
  try {
    const node = await publish(lake.where, fresh, file, meta, async (next) => {
      ticket = await lake.events.announce(api, target, next);
    });
    ticket?.send();
    return node;
  } catch (error) {
    await ticket?.withdraw();
    throw error;
  }
}
