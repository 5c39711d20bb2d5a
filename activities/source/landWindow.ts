import { sourceOf, tableOf } from '../../shared/catalog/lookup';
import type { Problem } from '../../shared/contracts/problem';
import { landWindow as contract } from '../../shared/contracts/steps';
import type { Window } from '../../shared/contracts/window';
import { ProblemError } from '../../shared/errors';
import { problem } from '../../shared/problem';
import { accepted, schemaChanges } from '../../shared/schema/diff';
import { parkingProblem, reportedChanges } from '../../shared/schema/problems';
import { balance, isSealed } from '../../shared/windows/account';
import { landed as landedBy } from '../../shared/windows/bronze';
import { manifestPath } from '../../shared/windows/paths';
import { readingProblems, stops } from '../../shared/windows/reading';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { begin, end, subjectOf } from '../step';
import { fingerprint, landedFiles, putManifest } from './manifest';

/** A copy becomes readable: schema and account are checked, and the manifest that names its files is put, once. */
export const landWindow = implement(contract, (ports) => async ({ task, lease, window, copied }) => {
  const catalog = await catalogOf(ports, task.catalog);
  const source = sourceOf(catalog, task.source);
  const table = tableOf(catalog, source.table);
  const step = await begin(ports, task.run, subjectOf(task, window), 'land', '');
  const changes = schemaChanges(source.schema, table, await ports.schemas.get(source.name), copied);
  const found = readingProblems(source, copied.reading, copied.columns);
  const parking = parkingProblem(source.name, changes) ?? found.find((one) => stops(source, one));
  if (parking) {
    await end(ports, task.run, subjectOf(task, window), 'land', step, { problem: parking });
    const stopped = {
      ...window,
      upper: copied.upper,
      schema: { columns: copied.columns, sometimes: copied.sometimes, changes },
    };
    return { kind: 'parked' as const, window: await ports.ledger.park(lease, stopped, parking) };
  }

  const files = await landedFiles(ports, { task, lease, window });
  const unbalanced = balance(source.name, copied.account, files, isSealed(source, copied.reading));
  if (unbalanced) {
    await end(ports, task.run, subjectOf(task, window), 'land', step, { problem: unbalanced });
    throw new ProblemError(unbalanced);
  }
  const { read, landed, rejected } = copied.account;
  const manifest = await putManifest(ports.lake, window, {
    source: source.name,
    table: table.name,
    window: window.number,
    attempt: window.attempt,
    mode: window.mode,
    lower: window.lower,
    upper: copied.upper,
    files,
    inputs: window.files,
    rows: { read, landed, rejected },
    reading: copied.reading,
    catalog: task.catalog,
    fingerprint: fingerprint(copied.columns),
    rejects: copied.logs,
  });
  const now: Window = {
    ...window,
    state: 'landed',
    attempt: manifest.attempt,
    // What that attempt copied: files admitted since must not be remembered as read.
    files: manifest.inputs,
    upper: manifest.upper,
    account: {
      counted: copied.account.counted,
      read: manifest.rows.read,
      // One that an earlier run has put may have been shortened by an erasure since.
      landed: String(landedBy(manifest)),
      rejected: manifest.rows.rejected,
    },
    reading: manifest.reading,
    manifest: manifestPath(window),
  };
  const rejects = rejectedRows(source.name, manifest.rows.rejected);
  await end(ports, task.run, subjectOf(task, window), 'land', step, { rowsIn: read, rowsOut: landed });
  const advanced = await ports.ledger.advance(lease, now);
  const of = { source: source.name, window: window.number, at: ports.now().toISOString(), by: task.run };
  await ports.schemas.put(accepted(table, copied, of));
  return {
    kind: 'landed' as const,
    window: advanced,
    problems: [...reportedChanges(source.name, changes), ...found, ...rejects],
  };
});

const rejectedRows = (source: string, rejected: string): Problem[] =>
  rejected === '0'
    ? []
    : [
        problem(
          'ROWS_REJECTED',
          source,
          `${rejected} rows could not be read as rows of this file; all others are in silver.`,
          `\`tidemark quarantine ls --source ${source}\` shows them; ask the sender for a corrected file, or correct them.`,
        ),
      ];
