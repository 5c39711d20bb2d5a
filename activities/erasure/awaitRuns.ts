import { awaitRuns as contract } from '../../shared/contracts/erasure';
import { implement } from '../implement';

/** Whether one of these runs is under way still. */
export const awaitRuns = implement(contract, ({ runs }) => async (names) => {
  const found = await Promise.all(names.map((name) => runs.get(name)));
  return found.some((run) => run?.ended === null) ? { kind: 'running' as const } : { kind: 'clear' as const };
});
