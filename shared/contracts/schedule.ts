import { z } from 'zod';
import { Count, Instant, Name, RunId } from './ids';

/** When which sources are run: at every tick of a cron expression in a time zone. */
export const Schedule = z.strictObject({
  name: Name,
  cron: z.string(),
  zone: z.string().default('UTC'),
  sources: z.union([z.literal('all'), z.array(Name).min(1)]),
  overlap: z
    .enum(['queue', 'skip'])
    .default('queue')
    .describe('a tick that meets a run at work: waits behind it, one run at most, or leaves the source out'),
  deletes: z.boolean().default(false).describe('also compares the keys of sources that declare `deletes`'),
  reconcile: z.boolean().default(false).describe('also holds bronze and silver against the sources'),
});

/** How long a burst of files is waited out before one run reads all of them. */
export const Debounce = z
  .strictObject({
    seconds: z.number().int().min(1).max(3600).describe('without a further file, until it is read'),
    atMost: z
      .number()
      .int()
      .min(1)
      .max(86_400)
      .default(300)
      .describe('seconds from the first file on, however many follow'),
  })
  .refine(({ seconds, atMost }) => seconds <= atMost, 'atMost is shorter than the pause that it bounds');

/**
 * What a run does about a source that another one is at work on: `queue` waits in the one place behind it, or joins
 * the run that is there already; `skip` leaves the source out; `wait` waits for itself, as a person does; `refuse` fails.
 */
export const WhenBusy = z.enum(['queue', 'skip', 'wait', 'refuse']);

/** The one place in line behind whoever is at work on a source. */
export const Place = z.strictObject({
  run: RunId.describe('the run that waits'),
  since: Instant,
  last: Instant.describe('when a trigger last came that this run serves'),
  joined: Count.describe('triggers that it serves besides its own'),
});

export type Schedule = z.infer<typeof Schedule>;
export type Debounce = z.infer<typeof Debounce>;
export type WhenBusy = z.infer<typeof WhenBusy>;
export type Place = z.infer<typeof Place>;
