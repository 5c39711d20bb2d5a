import { takeLease as contract } from '../../shared/contracts/steps';
import { problem } from '../../shared/problem';
import { refuseCancelled } from '../cancellation';
import { implement } from '../implement';
import { catalogOf } from '../pinned';

/** One writer a source. A run that a person asked for is told who is at work; the others wait in line. */
export const takeLease = implement(contract, (ports) => async ({ run, catalog, source, byHand }) => {
  await refuseCancelled(ports, run, source);
  const { limits } = await catalogOf(ports, catalog);
  const answer = await ports.ledger.acquire(source, run, limits.leaseSeconds);
  if (answer.kind === 'held') return answer;
  if (!byHand) return { kind: 'running' as const, holder: answer.holder };
  return {
    kind: 'busy' as const,
    problem: problem(
      'SOURCE_BUSY',
      source,
      `run ${answer.holder} is at work on it.`,
      'Wait for that run to end, then start again.',
    ),
  };
});
