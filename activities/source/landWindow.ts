import { createHash } from 'node:crypto';
import { sourceOf, tableOf } from '../../shared/catalog/lookup';
import type { Problem } from '../../shared/contracts/problem';
import type { SourceColumn } from '../../shared/contracts/schema';
import { landWindow as contract } from '../../shared/contracts/steps';
import { Manifest, type Window } from '../../shared/contracts/window';
import { ConflictError, ProblemError } from '../../shared/errors';
import type { Lake } from '../../shared/ports/lake';
import { problem } from '../../shared/problem';
import { accepted, schemaChanges } from '../../shared/schema/diff';
import { parkingProblem, reportedChanges } from '../../shared/schema/problems';
import { balance, isSealed } from '../../shared/windows/account';
import { attemptFolder, manifestPath } from '../../shared/windows/paths';
import { readingProblems, stops } from '../../shared/windows/reading';
import { implement } from '../implement';
import { parquetRows } from '../parquet';
import { catalogOf } from '../pinned';
import { begin, end, subjectOf } from '../step';

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

  const files = await landedFiles(ports.lake, window);
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
    account: { counted: copied.account.counted, ...manifest.rows },
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

async function landedFiles(lake: Lake, window: Window): Promise<Manifest['files']> {
  const listed = await lake.list('bronze', attemptFolder(window));
  const parquet = listed.filter(({ path }) => path.endsWith('.parquet')).sort((a, b) => (a.path < b.path ? -1 : 1));
  return Promise.all(
    parquet.map(async ({ path, bytes }) => ({
      container: 'bronze',
      path,
      bytes,
      rows: await parquetRows(lake, 'bronze', path, Number(bytes)),
    })),
  );
}

/** A crash between the manifest and the ledger leaves a manifest: it is the truth then, and a later attempt follows it. */
async function putManifest(lake: Lake, window: Window, manifest: Manifest): Promise<Manifest> {
  try {
    await lake.putOnce('bronze', manifestPath(window), Buffer.from(JSON.stringify(manifest)));
    return manifest;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const there = await lake.read('bronze', manifestPath(window));
    if (!there) throw error;
    return Manifest.parse(JSON.parse(Buffer.from(there).toString('utf8')));
  }
}

const fingerprint = (columns: readonly SourceColumn[]): string => {
  const text = columns.map(({ name, type }) => `${name} ${type}`).sort();
  return createHash('sha256').update(text.join('\n')).digest('hex');
};

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
