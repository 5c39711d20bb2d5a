import { z } from 'zod';

/** What a pipeline says when its work is done: whose it is, and which run it was. A hint: the run itself is looked at. */
export const EndedRun = z.strictObject({
  instance: z.string().regex(/^[\w:.~-]{1,200}$/, 'is no instance of a run'),
  run: z.uuid(),
});

export const Heard = z.strictObject({ heard: z.literal(true) });
