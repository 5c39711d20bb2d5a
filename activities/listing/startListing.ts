import { startListing as contract } from '../../shared/contracts/steps/listing';
import { listingRequest, listingWindow } from '../../shared/sources/listing';
import { copyKey } from '../../shared/windows/paths';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { startPipeline } from '../startPipeline';

/** Starts the copy of what is listed of a source; the same attempt is the same factory run. */
export const startListing = implement(contract, (ports, places) => async ({ task, attempt, listing }) => {
  const [catalog, schema, watermark] = await Promise.all([
    catalogOf(ports, task.catalog),
    ports.schemas.get(task.source),
    ports.ledger.watermark(task.source),
  ]);
  const window = listingWindow(task, listing, attempt, ports.now().toISOString());
  const known = { absent: schema?.absent ?? [], upTo: watermark?.cursor ?? null };
  return startPipeline(
    ports,
    places,
    task,
    listing.kind,
    copyKey(window),
    listingRequest(catalog, window, listing, places, known),
  );
});
