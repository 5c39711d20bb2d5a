import { dropCopies as contract } from '../../shared/contracts/erasure';
import { partOf } from '../../shared/erasure/part';
import { fetchedRoot } from '../../shared/windows/paths';
import { implement } from '../implement';
import { removeAll } from '../maintenance/removeAll';
import { isOf, unfinished } from '../maintenance/unfinished';
import { unnamed } from '../maintenance/unnamed';

/**
 * Copies that nobody reads go whole, under the lease of the source: those that no manifest names, with their session logs,
 * what notebooks were cut off from writing, and the files that SFTP brought.
 */
export const dropCopies = implement(contract, (ports) => async ({ source }) => {
  const orphans = await unnamed(ports, source);
  const begun = await unfinished(ports);
  const parts = [];
  for (const container of ['bronze', 'quarantine'] as const) {
    const cut = begun[container].filter(isOf(source));
    await removeAll(ports.lake, container, [...orphans[container], ...cut]);
    parts.push(
      partOf(`${container}/${source}/orphans`, orphans[container].length, 'files that no manifest names'),
      partOf(`${container}/${source}/unfinished`, cut.length, 'files that were never put in their place'),
    );
  }
  const fetched = await ports.lake.list('landing', fetchedRoot(source));
  await removeAll(ports.lake, 'landing', fetched);
  const open = await ports.ledger.open(source);
  return [
    ...parts,
    partOf(`landing/${fetchedRoot(source)}`, fetched.length, 'copies of files that were read'),
    ...(open
      ? [partOf(`window ${open.number}`, 0, `rows: it is ${open.state}, and erased from when it is merged`)]
      : []),
  ];
});
