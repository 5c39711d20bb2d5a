import { sourceOf } from '../../shared/catalog/lookup';
import { readListing as contract } from '../../shared/contracts/steps/listing';
import type { LandedFile } from '../../shared/contracts/window';
import type { FactoryActivity } from '../../shared/ports/factory';
import { problem } from '../../shared/problem';
import { mysqlCopied, partsOf } from '../../shared/sources/copyOutput';
import { listingWindow } from '../../shared/sources/listing';
import { balance } from '../../shared/windows/account';
import { lookAtFactory } from '../cancellation';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { fingerprint, landedFiles, putManifest } from '../source/manifest';
import { end, subjectOf } from '../step';

/** Looks at the copy of a list once; a finished one that adds up gets the manifest that names its files. */
export const readListing = implement(contract, (ports) => async ({ task, lease, attempt, listing, copy }) => {
  const catalog = await catalogOf(ports, task.catalog);
  await ports.ledger.renew(lease, catalog.limits.leaseSeconds);
  const look = await lookAtFactory(ports, task.run, task.source, copy.external);
  if (look.kind === 'running') return look;
  const close = (ending: Parameters<typeof end>[5]) =>
    end(ports, task.run, subjectOf(task), listing.kind, copy, ending);
  if (look.kind === 'failed') {
    await close({ problem: look.problem });
    return { kind: 'failed' as const, problem: look.problem };
  }
  const { account, columns } = mysqlCopied(look.activities);
  const window = listingWindow(task, listing, attempt, ports.now().toISOString());
  const files = await landedFiles(ports, { task, lease, window });
  // Rows may come and go while they are listed: what comes meanwhile is in no silver yet.
  const unbalanced =
    balance(task.source, account, files, false) ??
    (listing.kind === 'keys' ? missingPart(task.source, look.activities, files) : null);
  if (unbalanced) {
    await close({ problem: unbalanced });
    return { kind: 'failed' as const, problem: unbalanced };
  }
  const { read, landed, rejected } = account;
  await putManifest(ports.lake, window, {
    source: task.source,
    table: sourceOf(catalog, task.source).table,
    window: window.number,
    attempt: window.attempt,
    mode: window.mode,
    lower: null,
    upper: null,
    files,
    inputs: [],
    rows: { read, landed, rejected },
    reading: null,
    catalog: task.catalog,
    fingerprint: fingerprint(columns),
    rejects: [],
  });
  await close({ rowsIn: read, rowsOut: landed });
  return { kind: 'listed' as const };
});

/** Every key that is listed says how many there are in its part; a part without rows cannot, and is not believed. */
function missingPart(source: string, activities: readonly FactoryActivity[], files: readonly LandedFile[]) {
  const [copied, filled] = [partsOf(activities), files.filter(({ rows }) => rows !== '0').length];
  if (copied === filled) return null;
  const why = `the keys were counted in ${copied} parts, and only ${filled} of them came with rows.`;
  return problem('ROWS_UNBALANCED', source, why, 'It is tried again by itself; if it stays, look at the table.', true);
}
