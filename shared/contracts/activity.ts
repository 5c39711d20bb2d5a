import { z } from 'zod';
import { Problem } from './problem';

/** How often, and how patiently, a failed activity is tried again. */
export interface Retry {
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly backoff: number;
  readonly longestDelayMs: number;
}

/** Name, input, output and retry of an activity: what orchestrators know of it. */
export interface ActivityContract<I, O> {
  readonly name: string;
  readonly input: z.ZodType<I>;
  readonly output: z.ZodType<O>;
  readonly retry: Retry;
}

/** What an activity answers when patience cannot help: its orchestrator hears at once, and tries once more at most. */
export const Refused = z.strictObject({ refused: Problem });

/** What an activity answers when there has to be a pause: seconds after which it is called again, and why. */
export const Waiting = z.strictObject({
  wait: z.number().positive(),
  times: z.number().int().positive().optional().describe('such pauses of one call at most'),
  problem: Problem,
});

/** Patient enough to ride out a restart of a service, impatient enough that a person hears within minutes. */
const PATIENT: Retry = { attempts: 6, firstDelayMs: 1000, backoff: 2, longestDelayMs: 30_000 };

export const activity = <I, O>(
  name: string,
  input: z.ZodType<I>,
  output: z.ZodType<O>,
  retry: Retry = PATIENT,
): ActivityContract<I, O> => ({ name, input, output, retry });
