import { createHash } from 'node:crypto';
import { startMaintain as contract } from '../../shared/contracts/maintenance';
import { refuseCancelled } from '../cancellation';
import { implement } from '../implement';
import { begin } from '../step';

/** Starts the notebook that keeps one table in order. */
export const startMaintain = implement(contract, (ports, { lakeUri }) => async ({ task, attempt }) => {
  const { run, catalog, layer, table } = task;
  await refuseCancelled(ports, run, `${layer}/${table}`);
  const token = createHash('sha256').update([run, layer, table, 'maintain', attempt].join('|')).digest('hex');
  const external = await ports.notebooks.start(
    'maintenance/maintain_table',
    { lake: lakeUri, catalog, layer, table },
    token,
  );
  return begin(ports, run, `${layer}/${table}`, 'maintain', external);
});
