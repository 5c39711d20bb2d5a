import type { OrchestrationContext } from 'durable-functions';
import type { Listing } from '../shared/contracts/listing';
import type { LookTask } from '../shared/contracts/steps';
import { readListing, startListing } from '../shared/contracts/steps/listing';
import { call } from './call';
import { outside } from './outside';

/** Something of a source is listed into bronze; after a failure that may pass, anew. */
export function* listed(context: OrchestrationContext, look: LookTask, listing: Listing) {
  const work = { ...look, listing };
  return yield* outside(context, look.task, {
    begin: (attempt) => call(context, startListing, { ...work, attempt }),
    ask: (copy, attempt) => call(context, readListing, { ...work, attempt, copy }),
    callsBack: true,
  });
}
