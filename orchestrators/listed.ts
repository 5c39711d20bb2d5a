import type { OrchestrationContext } from 'durable-functions';
import type { Listing } from '../shared/contracts/listing';
import type { LookTask } from '../shared/contracts/steps';
import { readListing, startListing } from '../shared/contracts/steps/listing';
import { attempted, call, poll } from './call';

/** Something of a source is listed into bronze; after a failure that may pass, anew. */
export function* listed(context: OrchestrationContext, look: LookTask, listing: Listing) {
  const { pace, attempts } = look.task;
  return yield* attempted(context, attempts, function* (attempt) {
    const work = { ...look, attempt, listing };
    const copy = yield* call(context, startListing, work);
    return yield* poll(context, pace, () => call(context, readListing, { ...work, copy }), copy.external);
  });
}
