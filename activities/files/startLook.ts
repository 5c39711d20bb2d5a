import { startLook as contract } from '../../shared/contracts/steps/files';
import { sftpRequest } from '../../shared/sources/copyRequest';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { startPipeline } from '../startPipeline';

/** Asks the factory what lies in the folder of an SFTP source. */
export const startLook = implement(contract, (ports, places) => async ({ task, nth, attempt }) => {
  const catalog = await catalogOf(ports, task.catalog);
  const request = sftpRequest(catalog, task.source, task.run, [], places);
  return startPipeline(ports, places, task, 'look', `${task.run}:${task.source}:look:${nth}:${attempt}`, request);
});
