import { sourceOf, tableOf } from '../../shared/catalog/lookup';
import type { Catalog, Source } from '../../shared/contracts/catalog';
import type { UnreadableFile } from '../../shared/contracts/files';
import type { Problem } from '../../shared/contracts/problem';
import { type Copied, readCopy as contract, type WindowTask } from '../../shared/contracts/steps';
import type { FactoryActivity } from '../../shared/ports/factory';
import type { Lake } from '../../shared/ports/lake';
import type { Ports } from '../../shared/ports/ports';
import { problem } from '../../shared/problem';
import { absentFrom, schemaChanges } from '../../shared/schema/diff';
import { parkingProblem } from '../../shared/schema/problems';
import {
  filesCopied,
  logFolders,
  mysqlCopied,
  tableColumns,
  unreadableFiles,
  upperBound,
} from '../../shared/sources/copyOutput';
import { lookAtFactory } from '../cancellation';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { end, subjectOf } from '../step';

/** Looks at the copy once, and keeps the lease alive meanwhile. */
export const readCopy = implement(contract, (ports) => async ({ task, lease, window, copy }) => {
  const catalog = await catalogOf(ports, task.catalog);
  await ports.ledger.renew(lease, catalog.limits.leaseSeconds);
  const done = await lookAtFactory(ports, task.run, task.source, copy.external);
  if (done.kind === 'running') return done;
  const source = sourceOf(catalog, task.source);
  const judged =
    done.kind === 'failed'
      ? await failedCopy(ports, catalog, source, { task, lease, window }, done)
      : await finishedCopy(ports, catalog, source, done.activities);
  await end(ports, task.run, subjectOf(task, window), 'copy', copy, endingOf(judged));
  return judged;
});

type Judged =
  | ReturnType<typeof failed>
  | { kind: 'unreadable'; files: UnreadableFile[]; problem: Problem }
  | Awaited<ReturnType<typeof parkedCopy>>
  | Copied;

const failed = (found: Problem) => ({ kind: 'failed' as const, problem: found });

function endingOf(judged: Judged) {
  if (judged.kind === 'failed' || judged.kind === 'unreadable') return { problem: judged.problem };
  if (judged.kind === 'parked') return judged.window.problem ? { problem: judged.window.problem } : {};
  const { read, landed, rejected } = judged.account;
  return { rowsIn: read, rowsOut: landed, detail: rejected === '0' ? '' : `${rejected} rows rejected` };
}

/** A column that is gone makes the query fail: the columns that the table has now say it better than the server. */
async function failedCopy(
  ports: Ports,
  catalog: Catalog,
  source: Source,
  work: WindowTask,
  done: { problem: Problem; activities: FactoryActivity[] },
): Promise<Judged> {
  const files = source.kind === 'mysql' ? [] : unreadableFiles(done.activities);
  if (files.length > 0) return { kind: 'unreadable', files, problem: done.problem };
  const found = { columns: tableColumns(done.activities), sometimes: [] };
  if (found.columns.length === 0) return failed(done.problem);
  const table = tableOf(catalog, source.table);
  const before = await ports.schemas.get(source.name);
  const changes = schemaChanges(source.schema, table, before, found);
  if (!changes.some(({ kind }) => kind === 'removed')) return failed(done.problem);
  const parking = parkingProblem(source.name, changes);
  if (parking) {
    const met = { upper: upperBound(done.activities), schema: { ...found, changes } };
    return parkedCopy(ports, { ...work, window: { ...work.window, ...met } }, parking);
  }
  return askAnew(ports, source, absentFrom(table, found));
}

const parkedCopy = async (ports: Ports, { lease, window }: WindowTask, why: Problem) => ({
  kind: 'parked' as const,
  window: await ports.ledger.park(lease, window, why),
});

/** A column that had been left out and is there again would come as NULL: the copy is made anew with it. */
async function finishedCopy(ports: Ports, catalog: Catalog, source: Source, activities: FactoryActivity[]) {
  if (source.kind !== 'mysql') return filesCopied(activities, await filesBelow(ports.lake, logFolders(activities)));
  const copied = mysqlCopied(activities);
  const leftOut = (await ports.schemas.get(source.name))?.absent ?? [];
  const table = tableOf(catalog, source.table);
  const absent = absentFrom(table, copied);
  const returned = table.columns.some(({ name }) => leftOut.includes(name) && !absent.includes(name));
  return returned ? askAnew(ports, source, absent) : copied;
}

/** The files below folders of the lake, which may lie in each other; all are named container first. */
async function filesBelow(lake: Lake, folders: readonly string[]): Promise<string[]> {
  const listed = folders.map(async (place) => {
    const [container = '', ...folder] = place.split('/').filter(Boolean);
    const files = await lake.list(container, folder.join('/'));
    return files.map(({ path }) => `${container}/${path}`);
  });
  return [...new Set((await Promise.all(listed)).flat())].sort();
}

/** The next attempt asks for the columns that are there; what the source is taken to be stays until it lands. */
async function askAnew({ schemas, now }: Ports, source: Source, absent: string[]) {
  const before = (await schemas.get(source.name)) ?? { source: source.name, columns: [], window: '0', by: '' };
  await schemas.put({ ...before, absent, at: now().toISOString() });
  const why = `asked for other columns than the source has now; absent: ${absent.join(', ') || 'none'}.`;
  return failed(problem('SCHEMA_CHANGED', source.name, why, 'Nothing to do: it is copied anew at once.', true));
}
