import { createHash } from 'node:crypto';
import { startApply as contract } from '../../shared/contracts/steps';
import { manifestPath } from '../../shared/windows/paths';
import { refuseCancelled } from '../cancellation';
import { implement } from '../implement';
import { begin } from '../step';

/** Starts the merge of a landed window; the token makes the same attempt one job, however often this is called. */
export const startApply = implement(contract, (ports, { lakeUri }) => async ({ task, window, attempt }) => {
  await refuseCancelled(ports, task.run, task.source);
  const token = createHash('sha256')
    .update([task.run, task.source, window.number, 'apply', attempt].join('|'))
    .digest('hex');
  const parameters = {
    lake: lakeUri,
    catalog: window.catalog,
    manifest: manifestPath(window),
    txn_app: `source:${task.source}`,
    txn_version: window.number,
  };
  const external = await ports.notebooks.start('silver/apply_window', parameters, token);
  return begin(ports, task.run, task.source, 'apply', external);
});
