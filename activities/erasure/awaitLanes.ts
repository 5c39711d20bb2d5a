import { awaitLanes as contract } from '../../shared/contracts/erasure';
import { implement } from '../implement';
import { openRuns } from '../run/openRuns';

/**
 * Whether a run is under way beside the live history of the source, or an erasure that was asked for before this one. A
 * merge of the first may have looked at the ledger before the erasure stood there; one that begins later finds it. The
 * second may be publishing what it read before this person went.
 */
export const awaitLanes = implement(contract, (ports) => async ({ run: own, source }) => {
  const before = (await openRuns(ports)).some(({ run, aside, upkeep, wanted }) => {
    const beside = aside !== undefined && wanted.includes(source);
    return beside || (upkeep?.kind === 'erasure' && run < own);
  });
  return before ? { kind: 'running' as const } : { kind: 'clear' as const };
});
