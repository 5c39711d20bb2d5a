import type { OrchestrationContext, RetryOptions as Retries, Task, TimerTask } from 'durable-functions';
import { RetryOptions } from 'durable-functions';
import type { z } from 'zod';
import { batches } from '../shared/batches';
import { type ActivityContract, Refused, Waiting } from '../shared/contracts/activity';
import type { Problem } from '../shared/contracts/problem';
import type { Pace } from '../shared/contracts/steps';
import { asText } from '../shared/problem';
import { nextLook, secondsBefore, slower } from '../shared/retry';
import { endedEvent } from '../shared/runs/instances';

/** A piece of an orchestration: yields durable tasks, returns a value. */
export type Steps<R> = Generator<Task, R, unknown>;

/** A sub-orchestration: the schema of its answer and the function that plays it. */
export interface Orchestration<I, O> {
  readonly name: string;
  readonly input: z.ZodType<I>;
  readonly output: z.ZodType<O>;
  readonly run: (context: OrchestrationContext, input: I) => Steps<O>;
}

const retries = ({ retry }: ActivityContract<unknown, unknown>): Retries => {
  const options = new RetryOptions(retry.firstDelayMs, retry.attempts);
  options.backoffCoefficient = retry.backoff;
  options.maxRetryIntervalInMilliseconds = retry.longestDelayMs;
  return options;
};

/** A call waits no longer than this, all its pauses together: two hours. */
const LONGEST_WAIT_SECONDS = 7200;

/**
 * Calls an activity, with the retries of its contract, and again after each pause that it asks for.
 * @throws Error that carries the problem: after the last retry, or at once when another attempt could not help
 */
export function* call<I, O>(context: OrchestrationContext, to: ActivityContract<I, O>, input: I): Steps<O> {
  const options = retries(to as ActivityContract<unknown, unknown>);
  let [waited, counted] = [0, 0];
  for (let again = false; ; ) {
    const answer: unknown = yield context.df.callActivityWithRetry(to.name, options, input);
    const waiting = Waiting.safeParse(answer);
    if (waiting.success) {
      const { wait, times, problem } = waiting.data;
      waited += wait;
      if (times !== undefined) counted += 1;
      if (waited > LONGEST_WAIT_SECONDS || counted > (times ?? counted)) throw new Error(asText(problem));
      yield* pause(context, wait);
      continue;
    }
    const refused = Refused.safeParse(answer);
    if (!refused.success) return to.output.parse(answer ?? null);
    if (again || !refused.data.refused.once) throw new Error(asText(refused.data.refused));
    again = true;
    yield* pause(context, secondsBefore(2));
  }
}

/** Plays an orchestration once an input, at most `parallel` of them at a time; answers in the order of the inputs. */
export function* fanOut<I, O>(
  context: OrchestrationContext,
  to: Orchestration<I, O>,
  inputs: readonly I[],
  id: (input: I) => string,
  parallel: number,
): Steps<O[]> {
  const answers: O[] = [];
  for (const together of batches(inputs, parallel)) {
    const tasks = together.map((input) => context.df.callSubOrchestrator(to.name, input, id(input)));
    const some = (yield context.df.Task.all(tasks)) as unknown[];
    answers.push(...some.map((answer) => to.output.parse(answer)));
  }
  return answers;
}

/**
 * Asks again, ever more slowly, until the answer is not "running"; the wait costs no compute.
 * @param external the outside run that may call back: it is asked about at once then, and soon again
 */
export function* poll<O extends { kind: string }>(
  context: OrchestrationContext,
  pace: Pace,
  ask: () => Steps<O>,
  external?: string,
): Steps<Exclude<O, { kind: 'running' }>> {
  for (let seconds = pace.first; ; ) {
    const answer = yield* ask();
    if (answer.kind !== 'running') return answer as Exclude<O, { kind: 'running' }>;
    const told = yield* toldBefore(context, nextLook(pace, now(context), seconds), external);
    seconds = told ? pace.first : slower(pace, seconds);
  }
}

/** Waits for the call-back of an outside run until a time. @returns whether it came; what it says is not relied upon */
function* toldBefore(context: OrchestrationContext, ms: number, external?: string): Steps<boolean> {
  const timer = timerAt(context, ms);
  if (external === undefined) {
    yield timer;
    return false;
  }
  const told = context.df.waitForExternalEvent(endedEvent(external));
  if ((yield context.df.Task.any([told, timer])) !== told) return false;
  timer.cancel();
  return true;
}

/**
 * Does a piece of work outside once more after a failure that may pass, at most `attempts` times in all, with a pause
 * that grows: a server that starts again needs a moment. A failure that nobody knows gets one attempt more.
 */
export function* attempted<O extends { kind: string }>(
  context: OrchestrationContext,
  attempts: number,
  work: (attempt: number) => Steps<O>,
): Steps<O> {
  let unknown = 0;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = yield* work(attempt);
    const failure = failureIn(outcome);
    if (failure?.once) unknown += 1;
    if (!failure?.transient || unknown > 1 || attempt === attempts) return outcome;
    yield* pause(context, secondsBefore(attempt + 1));
  }
}

const failureIn = (outcome: { kind: string; problem?: Problem }): Problem | undefined =>
  outcome.kind === 'failed' ? outcome.problem : undefined;

/** Waits on the orchestration's own clock; it costs no compute. */
export function* pause(context: OrchestrationContext, seconds: number): Steps<void> {
  yield timerAt(context, now(context) + seconds * 1000);
}

const now = (context: OrchestrationContext): number => context.df.currentUtcDateTime.getTime();

const timerAt = (context: OrchestrationContext, ms: number): TimerTask =>
  // biome-ignore lint/style/noRestrictedGlobals: made from the orchestration's own replayed clock
  context.df.createTimer(new Date(ms));
