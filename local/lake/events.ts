import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { readJson } from '../disk/readJson';
import { blobCreated, type Origin } from './blobCreated';
import type { Layout } from './layout';
import type { Node } from './node';
import { type Deliver, outbox, type Ticket } from './outbox';
import type { Target } from './target';

/** Who wants the events of a container: `prefix` is of the path, `endpoint` an HTTPS webhook. */
const Subscriptions = z.array(
  z.strictObject({ container: z.string(), prefix: z.string().default(''), endpoint: z.url() }),
);

/**
 * What goes wrong with the next `times` deliveries: each comes `duplicate` times more, `delayMs` later, or is lost for
 * good (`drop`), as Event Grid promises neither order nor singleness and a subscription may be missing.
 */
export const EventFaults = z.strictObject({
  times: z.int().positive().default(1),
  duplicate: z.int().nonnegative().default(0),
  delayMs: z.int().nonnegative().default(0),
  drop: z.boolean().default(false),
});
export type EventFaults = z.infer<typeof EventFaults>;

export interface BlobEvents {
  /** Writes the event of a coming commit down for each subscriber. */
  announce(api: 'FlushWithClose' | 'PutBlob', target: Target, node: Node): Promise<Ticket>;
  misbehave(faults: EventFaults): void;
  close(): Promise<void>;
}

/** Event Grid waits 30 s for a webhook. https://learn.microsoft.com/azure/event-grid/delivery-and-retry */
const WEBHOOK_TIMEOUT_MS = 30_000;

/** @param environment `TIDEMARK_BLOB_SUBSCRIPTIONS` (JSON) goes before `subscriptions.json` of the lake's directory */
export async function blobEvents(where: Layout, origin: Origin, environment = process.env): Promise<BlobEvents> {
  const given = environment['TIDEMARK_BLOB_SUBSCRIPTIONS'];
  const subscriptions = async () =>
    given
      ? Subscriptions.parse(JSON.parse(given))
      : ((await readJson(join(where.root, 'subscriptions.json'), Subscriptions)) ?? []);

  let faults: EventFaults | undefined;
  const nextFaults = (): EventFaults => {
    if (!faults || faults.times <= 0) return { times: 0, duplicate: 0, delayMs: 0, drop: false };
    faults.times -= 1;
    return faults;
  };
  const deliver: Deliver = async ({ endpoint, event }, attempt) => {
    const { drop, delayMs, duplicate } = nextFaults();
    if (drop) return true;
    if (delayMs > 0) await sleep(delayMs, undefined, { ref: false });
    const answers = await Promise.all(Array.from({ length: duplicate + 1 }, () => post(endpoint, event, attempt)));
    return answers.every((ok) => ok);
  };
  const box = await outbox(where.events, deliver);

  return {
    async announce(api, target, node) {
      const wanted = (await subscriptions()).filter(
        (s) => s.container === target.container && target.path.startsWith(s.prefix),
      );
      const event = blobCreated(origin, api, target, node);
      const tickets = await Promise.all(wanted.map(({ endpoint }) => box.put({ endpoint, event })));
      return {
        send() {
          for (const ticket of tickets) ticket.send();
        },
        withdraw: async () => void (await Promise.all(tickets.map((ticket) => ticket.withdraw()))),
      };
    },
    misbehave(next) {
      faults = next;
    },
    close: () => box.close(),
  };
}

async function post(endpoint: string, event: unknown, attempt: number): Promise<boolean> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'aeg-event-type': 'Notification',
      'aeg-subscription-name': 'TIDEMARK',
      'aeg-delivery-count': String(attempt - 1),
      'aeg-data-version': '2',
      'aeg-metadata-version': '1',
    },
    body: JSON.stringify([event]),
    signal: AbortSignal.timeout(WEBHOOK_TIMEOUT_MS),
  });
  await answer.body?.cancel();
  return answer.ok;
}
