import { startFetch as contract } from '../../shared/contracts/steps/files';
import { sftpRequest } from '../../shared/sources/copyRequest';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { startPipeline } from '../startPipeline';

/** Brings complete files into landing, as they are; the factory looks at each again when it has it. */
export const startFetch = implement(contract, (ports, places) => async ({ task, attempt, files }) => {
  const catalog = await catalogOf(ports, task.catalog);
  const request = sftpRequest(catalog, task.source, task.run, files, places);
  return startPipeline(ports, places, task, 'fetch', `${task.run}:${task.source}:fetch:${attempt}`, request);
});
