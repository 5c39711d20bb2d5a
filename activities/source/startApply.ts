import { startApply as contract } from '../../shared/contracts/steps';
import { shelfOf } from '../../shared/windows/lane';
import { manifestPath, txnApp } from '../../shared/windows/paths';
import { refuseCancelled } from '../cancellation';
import { implement } from '../implement';
import { jobToken } from '../jobToken';
import { renewed } from '../renewed';
import { begin, subjectOf } from '../step';

/** Starts the merge of a landed window; the token makes the same attempt one job, however often this is called. */
export const startApply = implement(contract, (ports, { lakeUri }) => async ({ task, lease, window, attempt }) => {
  await refuseCancelled(ports, task.run, task.source);
  await renewed(ports, task, lease);
  const token = jobToken(task.run, `${shelfOf(task.source, window.lane)}|${window.number}`, 'apply', attempt);
  const parameters = {
    lake: lakeUri,
    catalog: window.catalog,
    // A replayed window keeps the manifest that it was landed with.
    manifest: window.manifest ?? manifestPath(window),
    txn_app: txnApp(window),
    txn_version: window.number,
    aside: window.lane === undefined ? '' : 'true',
  };
  const external = await ports.notebooks.start('silver/apply_window', parameters, token);
  return begin(ports, task.run, subjectOf(task, window), 'apply', external);
});
