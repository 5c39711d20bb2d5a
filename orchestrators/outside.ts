import type { OrchestrationContext } from 'durable-functions';
import type { External, Pace } from '../shared/contracts/steps';
import { attempted, poll, type Steps } from './call';

/** Work that a service does: how an attempt begins it, and how it is asked about. */
interface Outside<B extends External, O> {
  begin(attempt: number): Steps<B>;
  ask(begun: B, attempt: number): Steps<O>;
  /** The service calls back when it has ended. */
  readonly callsBack?: true;
}

/** Has a service do a piece of work and waits for its end; after a failure that may pass it is begun anew. */
export function* outside<B extends External, O extends { kind: string }>(
  context: OrchestrationContext,
  { pace, attempts }: { readonly pace: Pace; readonly attempts: number },
  { begin, ask, callsBack }: Outside<B, O>,
): Steps<Exclude<O, { kind: 'running' }>> {
  return yield* attempted(context, attempts, function* (attempt) {
    const begun = yield* begin(attempt);
    return yield* poll(context, pace, () => ask(begun, attempt), callsBack && begun.external);
  });
}
