import { sourceOf, tableOf } from '../../shared/catalog/lookup';
import { readCopy as contract } from '../../shared/contracts/steps';
import { filesCopied, mysqlCopied, tableColumns } from '../../shared/sources/copyOutput';
import { schemaProblems } from '../../shared/windows/schema';
import { outcome } from '../factory';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { end } from '../step';

/** Looks at the copy once, and keeps the lease alive meanwhile. */
export const readCopy = implement(contract, (ports) => async ({ task, lease, window, copy }) => {
  const catalog = await catalogOf(ports, task.catalog);
  await ports.ledger.renew(lease, catalog.limits.leaseSeconds);
  const done = outcome(await ports.factory.look(copy.external), task.source);
  if (done.kind === 'running') return done;
  const source = sourceOf(catalog, task.source);
  if (done.kind === 'failed') {
    // A column that is gone makes the query fail: the columns that the table has now say it better than the server.
    const columns = tableColumns(done.activities);
    const [schema] = columns.length > 0 ? schemaProblems(source, tableOf(catalog, source.table), columns) : [];
    const found = schema?.code === 'SCHEMA_REMOVED' ? schema : done.problem;
    await end(ports, task.run, task.source, 'copy', copy, { problem: found });
    if (found === schema) await ports.ledger.park(lease, window, found);
    return { kind: 'failed' as const, problem: found };
  }
  const copied = source.kind === 'mysql' ? mysqlCopied(done.activities) : filesCopied(done.activities);
  const { read, landed, rejected } = copied.account;
  await end(ports, task.run, task.source, 'copy', copy, {
    rowsIn: read,
    rowsOut: landed,
    detail: rejected === '0' ? '' : `${rejected} rows rejected`,
  });
  return copied;
});
