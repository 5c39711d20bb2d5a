import { listLanding as contract } from '../../shared/contracts/steps/files';
import { implement } from '../implement';
import { fileSourceOf } from './fileSource';
import { landingFiles } from './landingFiles';

/** What lies in the folder of a source in the landing zone. */
export const listLanding = implement(contract, (ports) => async ({ task }) => {
  const { folder } = await fileSourceOf(ports, task);
  return { kind: 'listed' as const, files: await landingFiles(ports.lake, folder) };
});
