import { dropForms as contract } from '../../shared/contracts/erasure';
import { partOf } from '../../shared/erasure/part';
import { implement } from '../implement';
import { removeAll } from '../maintenance/removeAll';
import { superseded, unplaced } from '../maintenance/superseded';

/**
 * Older published forms of gold, and the parts that they were made of, go now that there are new ones; so do exports that
 * have no place.
 */
export const dropForms = implement(contract, (ports) => async ({ datasets }) => {
  const older = (await Promise.all(datasets.map((name) => superseded(ports, name)))).flat();
  await removeAll(ports.lake, 'gold', older);
  const left = (await Promise.all(datasets.map((name) => unplaced(ports, name)))).flat();
  await removeAll(ports.lake, 'exports', left);
  return [
    partOf('gold/_published', older.length, `older forms and parts of ${datasets.join(', ')}`),
    partOf('exports/_placing', left.length, 'exports that had no place'),
  ];
});
