import { awaitLanes as contract } from '../../shared/contracts/erasure';
import { implement } from '../implement';

/** Runs that are looked through, newest first. */
const NEWEST = 200;

/**
 * Whether a run is under way beside the live history of the source. A merge of its may have looked at the ledger before
 * the erasure stood there; one that begins later finds it.
 */
export const awaitLanes = implement(contract, ({ runs }) => async ({ source }) => {
  const beside = (await runs.list(NEWEST)).some(
    ({ ended, aside, wanted }) => ended === null && aside !== undefined && wanted.includes(source),
  );
  return beside ? { kind: 'running' as const } : { kind: 'clear' as const };
});
