import type { z } from 'zod';
import type { ActivityContract, Refused, Waiting } from '../shared/contracts/activity';
import { ProblemError, WaitError } from '../shared/errors';
import type { Ports } from '../shared/ports/ports';
import { asText } from '../shared/problem';
import type { Surroundings } from './surroundings';

/** An activity as the composition root registers it. */
export interface Implemented {
  readonly name: string;
  readonly handler: (ports: Ports, surroundings: Surroundings) => (input: unknown) => Promise<unknown>;
}

/**
 * Joins a contract to its code: input and output are parsed. A failure that patience may cure is thrown, as text that
 * carries its problem, since only text crosses to the orchestrator; any other is answered.
 */
export const implement = <I, O>(
  { name, input: Input, output: Output }: ActivityContract<I, O>,
  body: (ports: Ports, surroundings: Surroundings) => (input: I) => Promise<NoInfer<O>>,
): Implemented => ({
  name,
  handler: (ports, surroundings) => async (input) => {
    try {
      return Output.parse(await body(ports, surroundings)((Input as z.ZodType<I>).parse(input ?? null)));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error instanceof WaitError)
        return { wait: error.seconds, times: error.times, problem: error.problem } satisfies z.infer<typeof Waiting>;
      if (error.problem.transient && !error.problem.once) throw new Error(asText(error.problem), { cause: error });
      return { refused: error.problem } satisfies z.infer<typeof Refused>;
    }
  },
});
