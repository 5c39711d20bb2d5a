import { findReaders as contract } from '../../shared/contracts/erasure';
import { implement } from '../implement';

/** Runs that are looked through, newest first. */
const NEWEST = 200;

/** The runs under way that may have read of silver what is erased by now, and have yet to publish what they made of it. */
export const findReaders = implement(contract, ({ runs }) => async () => {
  const open = (await runs.list(NEWEST)).filter(({ ended, upkeep }) => ended === null && upkeep === undefined);
  return open.map(({ run }) => run);
});
