import { startExpiry as contract } from '../../shared/contracts/maintenance';
import { refuseCancelled } from '../cancellation';
import { implement } from '../implement';
import { begin } from '../step';

/** Starts the pipeline that deletes what lies in a folder for longer than its time. */
export const startExpiry = implement(contract, (ports, { lakeUrl }) => async ({ run, container, folder, before }) => {
  const subject = `${container}/${folder}`;
  await refuseCancelled(ports, run, subject);
  const parameters = { source: folder, lakeUrl, container, folder, before };
  const since = (await ports.runs.get(run))?.started ?? ports.now().toISOString();
  const external = await ports.factory.start('purge_expired', parameters, `${run}:${subject}:expire`, since);
  return begin(ports, run, subject, 'expire', external);
});
