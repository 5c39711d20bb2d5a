import { startReplay as contract } from '../../shared/contracts/replay';
import { requestPath } from '../../shared/quarantine/place';
import { refuseCancelled } from '../cancellation';
import { implement } from '../implement';
import { jobToken } from '../jobToken';
import { renewed } from '../renewed';
import { begin } from '../step';

/** Starts the job that merges the asked rows; a transaction of the run's own makes them go in once. */
export const startReplay = implement(contract, (ports, { lakeUri }) => async ({ task, lease, attempt }) => {
  await refuseCancelled(ports, task.run, task.source);
  await renewed(ports, task, lease);
  const token = jobToken(task.run, task.source, 'replay', attempt);
  const parameters = {
    lake: lakeUri,
    catalog: task.catalog,
    request: requestPath(task.source, task.run),
    txn_app: `replay:${task.run}`,
    txn_version: '1',
  };
  const external = await ports.notebooks.start('silver/replay_rows', parameters, token);
  return begin(ports, task.run, task.source, 'apply', external);
});
