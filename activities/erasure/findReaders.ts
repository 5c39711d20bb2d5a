import { findReaders as contract } from '../../shared/contracts/erasure';
import { implement } from '../implement';
import { openRuns } from '../run/openRuns';

/** The runs under way that may have read of silver what is erased by now, and have yet to publish what they made of it. */
export const findReaders = implement(
  contract,
  (ports) => async () => (await openRuns(ports)).filter(({ upkeep }) => upkeep === undefined).map(({ run }) => run),
);
