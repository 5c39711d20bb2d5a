import { startCopy as contract } from '../../shared/contracts/steps';
import { copyRequest } from '../../shared/sources/copyRequest';
import { copyKey } from '../../shared/windows/paths';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { startPipeline } from '../startPipeline';

/** Starts the copy of a planned window; the same attempt is the same factory run, however often this is called. */
export const startCopy = implement(contract, (ports, places) => async ({ task, window }) => {
  const [catalog, schema, watermark] = await Promise.all([
    catalogOf(ports, window.catalog),
    ports.schemas.get(task.source),
    ports.ledger.watermark(task.source),
  ]);
  const known = { absent: schema?.absent ?? [], earlier: watermark?.sighting ?? null };
  const request = copyRequest(catalog, window, places, known);
  return startPipeline(ports, places, task, 'copy', copyKey(window), request, window);
});
