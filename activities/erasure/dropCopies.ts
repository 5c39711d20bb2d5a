import { dropCopies as contract } from '../../shared/contracts/erasure';
import { partOf } from '../../shared/erasure/part';
import { fetchedRoot } from '../../shared/windows/paths';
import { implement } from '../implement';
import { removeAll } from '../maintenance/removeAll';
import { unnamed } from '../maintenance/unnamed';

/** Copies that nobody reads go whole, under the lease of the source: those that no manifest names, and those of SFTP. */
export const dropCopies = implement(contract, (ports) => async ({ source }) => {
  const orphans = await unnamed(ports, source);
  await removeAll(ports.lake, 'bronze', orphans);
  const fetched = await ports.lake.list('landing', fetchedRoot(source));
  await removeAll(ports.lake, 'landing', fetched);
  const open = await ports.ledger.open(source);
  return [
    partOf(`bronze/${source}/orphans`, orphans.length, 'files that no manifest names'),
    partOf(`landing/${fetchedRoot(source)}`, fetched.length, 'copies of files that were read'),
    ...(open
      ? [partOf(`window ${open.number}`, 0, `rows: it is ${open.state}, and erased from when it is merged`)]
      : []),
  ];
});
