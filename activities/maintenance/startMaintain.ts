import { startMaintain as contract } from '../../shared/contracts/maintenance';
import { refuseCancelled } from '../cancellation';
import { implement } from '../implement';
import { jobToken } from '../jobToken';
import { begin } from '../step';

/** Starts the notebook that keeps one table in order. */
export const startMaintain = implement(contract, (ports, { lakeUri }) => async ({ task, attempt }) => {
  const { run, catalog, layer, table } = task;
  await refuseCancelled(ports, run, `${layer}/${table}`);
  const token = jobToken(run, `${layer}|${table}`, 'maintain', attempt);
  const external = await ports.notebooks.start(
    'maintenance/maintain_table',
    { lake: lakeUri, catalog, layer, table },
    token,
  );
  return begin(ports, run, `${layer}/${table}`, 'maintain', external);
});
