import { sourceOf } from '../../shared/catalog/lookup';
import { startCompare as contract } from '../../shared/contracts/steps/listing';
import { listingWindow, nothingYet } from '../../shared/sources/listing';
import { manifestPath } from '../../shared/windows/paths';
import { refuseCancelled } from '../cancellation';
import { implement } from '../implement';
import { jobToken } from '../jobToken';
import { catalogOf } from '../pinned';
import { renewed } from '../renewed';
import { begin, subjectOf } from '../step';
import { comparisons } from './comparisons';

/** Starts the job that holds what was listed of a source against silver. It writes nothing. */
export const startCompare = implement(contract, (ports, { lakeUri }) => async ({ task, lease, attempt, listing }) => {
  await refuseCancelled(ports, task.run, task.source);
  await renewed(ports, task, lease);
  const source = sourceOf(await catalogOf(ports, task.catalog), task.source);
  const cursor = source.kind === 'mysql' ? source.cursor : null;
  const upTo = (await ports.ledger.watermark(task.source))?.cursor;
  if (!cursor || !upTo) throw nothingYet(task.source);
  const token = jobToken(task.run, task.source, `compare ${listing.kind}`, attempt);
  const parameters = {
    lake: lakeUri,
    catalog: task.catalog,
    manifest: manifestPath(listingWindow(task, listing, attempt, ports.now().toISOString())),
    cursor: cursor.column,
    cursor_kind: cursor.kind,
    up_to: upTo,
    ...(listing.kind === 'rows' && { buckets: listing.buckets.join(',') }),
  };
  const { notebook, step } = comparisons[listing.kind === 'rows' ? 'rows' : 'sums'];
  const external = await ports.notebooks.start(notebook, parameters, token);
  return begin(ports, task.run, subjectOf(task), step, external);
});
