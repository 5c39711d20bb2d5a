import { sourceOf } from '../../shared/catalog/lookup';
import { KeyComparison } from '../../shared/contracts/keys';
import { startDeletes as contract } from '../../shared/contracts/steps/keys';
import { listingWindow } from '../../shared/sources/listing';
import { manifestPath, txnApp } from '../../shared/windows/paths';
import { refuseCancelled } from '../cancellation';
import { implement } from '../implement';
import { jobToken } from '../jobToken';
import { catalogOf } from '../pinned';
import { renewed } from '../renewed';
import { begin, subjectOf } from '../step';

/** Starts the job that holds the listed keys against silver; a transaction of the run's own makes it mark rows once. */
export const startDeletes = implement(contract, (ports, { lakeUri }) => async ({ task, lease, attempt, begun }) => {
  await refuseCancelled(ports, task.run, task.source);
  await renewed(ports, task, lease);
  const source = sourceOf(await catalogOf(ports, task.catalog), task.source);
  const limits = (source.kind === 'mysql' ? source.deletes : null) ?? KeyComparison.parse({});
  const window = listingWindow(task, { kind: 'keys' }, attempt, ports.now().toISOString());
  const token = jobToken(task.run, task.source, 'deletes', attempt);
  const parameters = {
    lake: lakeUri,
    catalog: task.catalog,
    manifest: manifestPath(window),
    txn_app: txnApp(window),
    begun,
    most_share: String(limits.mostShare),
    most_rows: String(limits.mostRows),
    accepted: task.keys?.accepted ?? '',
  };
  const external = await ports.notebooks.start('silver/apply_deletes', parameters, token);
  return begin(ports, task.run, subjectOf(task), 'deletes', external);
});
