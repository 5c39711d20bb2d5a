import { sourceOf } from '../../shared/catalog/lookup';
import { readKeys as contract } from '../../shared/contracts/steps/keys';
import type { LandedFile } from '../../shared/contracts/window';
import type { FactoryActivity } from '../../shared/ports/factory';
import { problem } from '../../shared/problem';
import { mysqlCopied, partsOf } from '../../shared/sources/copyOutput';
import { keyWindow } from '../../shared/sources/keys';
import { balance } from '../../shared/windows/account';
import { lookAtFactory } from '../cancellation';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { fingerprint, landedFiles, putManifest } from '../source/manifest';
import { end, subjectOf } from '../step';

/** Looks at the copy of the keys once; a finished one that adds up gets the manifest that names its files. */
export const readKeys = implement(contract, (ports) => async ({ task, lease, attempt, copy }) => {
  const catalog = await catalogOf(ports, task.catalog);
  await ports.ledger.renew(lease, catalog.limits.leaseSeconds);
  const look = await lookAtFactory(ports, task.run, task.source, copy.external);
  if (look.kind === 'running') return look;
  const close = (ending: Parameters<typeof end>[5]) => end(ports, task.run, subjectOf(task), 'keys', copy, ending);
  if (look.kind === 'failed') {
    await close({ problem: look.problem });
    return { kind: 'failed' as const, problem: look.problem };
  }
  const { account, columns } = mysqlCopied(look.activities);
  const window = keyWindow(task, attempt, ports.now().toISOString());
  const files = await landedFiles(ports.lake, window);
  // Rows may come and go while keys are listed: what comes meanwhile is in no silver yet.
  const unbalanced = balance(task.source, account, files, false) ?? missingPart(task.source, look.activities, files);
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

/** Every row of a list says how many there are in its part; a part without rows cannot, and is not believed. */
function missingPart(source: string, activities: readonly FactoryActivity[], files: readonly LandedFile[]) {
  const [copied, filled] = [partsOf(activities), files.filter(({ rows }) => rows !== '0').length];
  if (copied === filled) return null;
  const why = `the keys were counted in ${copied} parts, and only ${filled} of them came with rows.`;
  return problem('ROWS_UNBALANCED', source, why, 'It is tried again by itself; if it stays, look at the table.', true);
}
