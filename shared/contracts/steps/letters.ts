import { z } from 'zod';
import { activity } from '../activity';
import { ProblemCode } from '../problem';

/** What became of the letters that waited. */
export const Posted = z.strictObject({
  sent: z.number(),
  waiting: z.number(),
  failed: z
    .array(z.strictObject({ letter: z.string().describe('its key'), code: ProblemCode }))
    .default([])
    .describe('of those that wait: what the service did not take'),
});

export const sendLetters = activity('sendLetters', z.null(), Posted);

export type Posted = z.infer<typeof Posted>;
