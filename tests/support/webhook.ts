import { z } from 'zod';
import type { LocalState } from './local';

const Delivery = z.array(
  z.object({
    id: z.string(),
    eventType: z.string(),
    topic: z.string(),
    subject: z.string(),
    data: z.object({
      api: z.string(),
      url: z.string(),
      contentLength: z.number(),
      eTag: z.string(),
      sequencer: z.string(),
    }),
  }),
);

/** A subscriber's endpoint: what came, and how many of the next deliveries it refuses. */
export interface Webhook {
  readonly url: string;
  readonly received: z.infer<typeof Delivery>;
  refuse: number;
}

export async function webhook(state: LocalState): Promise<Webhook> {
  const received: z.infer<typeof Delivery> = [];
  const hook = { url: '', received, refuse: 0 };
  const served = await state.serve(async (request) => {
    if (hook.refuse > 0) {
      hook.refuse -= 1;
      return new Response(null, { status: 500 });
    }
    if (request.headers.get('aeg-event-type') !== 'Notification') return new Response(null, { status: 400 });
    received.push(...Delivery.parse(await request.json()));
    return new Response(null, { status: 200 });
  });
  hook.url = `${served.url}/hook`;
  return hook;
}
