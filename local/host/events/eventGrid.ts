import { z } from 'zod';
import type { Registered } from '../core/core';
import { triggerOf } from '../core/trigger';

const Validation = z.tuple([z.object({ data: z.object({ validationCode: z.string() }) })]);
const Events = z.union([
  z.array(z.record(z.string(), z.unknown())),
  z.record(z.string(), z.unknown()).transform((one) => [one]),
]);

export interface EventGridOptions {
  find(name: string): Registered | undefined;
  /** Runs the function on the JSON text of an event, or of a list of events; rejects when it failed for good. */
  run(called: Registered, text: string): Promise<void>;
}

/**
 * The webhook to which Event Grid delivers: handshake, notification (202, or 500 if any run failed, upon which the sender
 * repeats the whole batch), unsubscription. https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema
 */
export async function eventGrid(request: Request, { find, run }: EventGridOptions): Promise<Response> {
  const name = new URL(request.url).searchParams.get('functionName') ?? '';
  const called = find(name);
  if (called === undefined) return new Response(`no Event Grid function is called '${name}'`, { status: 404 });
  switch (request.headers.get('aeg-event-type')?.toLowerCase()) {
    case 'subscriptionvalidation': {
      const [first] = Validation.parse(await request.json());
      return Response.json({ validationResponse: first.data.validationCode });
    }
    case 'notification':
      return notify(called, Events.parse(await request.json()), run);
    case 'unsubscribe':
      return new Response(null, { status: 202 });
    default:
      return new Response('the header aeg-event-type must be SubscriptionValidation, Notification or Unsubscribe', {
        status: 400,
      });
  }
}

async function notify(called: Registered, events: unknown[], run: EventGridOptions['run']): Promise<Response> {
  const isMany = String(triggerOf(called.metadata)['cardinality'] ?? 'one').toLowerCase() === 'many';
  const texts = isMany ? [JSON.stringify(events)] : events.map((event) => JSON.stringify(event));
  const ends = await Promise.allSettled(texts.map((text) => run(called, text)));
  return new Response(null, { status: ends.every(({ status }) => status === 'fulfilled') ? 202 : 500 });
}
