import { takeLease as contract } from '../../shared/contracts/steps';
import type { Lease } from '../../shared/contracts/window';
import type { Ports } from '../../shared/ports/ports';
import { problem } from '../../shared/problem';
import { shelfOf } from '../../shared/windows/lane';
import { refuseCancelled } from '../cancellation';
import { implement } from '../implement';
import { catalogOf } from '../pinned';

/** One writer a source. A run that a person asked for is told who is at work; the others wait in line. */
export const takeLease = implement(contract, (ports) => async ({ run, catalog, source, byHand, lane }) => {
  await refuseCancelled(ports, run, source);
  const { limits } = await catalogOf(ports, catalog);
  const answer = await ports.ledger.acquire(shelfOf(source, lane?.name), run, limits.leaseSeconds);
  if (answer.kind === 'held') {
    if (lane?.kind === 'range') await beginLane(ports, answer.lease, lane.from);
    return answer;
  }
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

/** A lane begins where it was told to, once; after that it goes on from its own watermark. */
async function beginLane({ ledger }: Ports, lease: Lease, from: string): Promise<void> {
  if ((await ledger.watermark(lease.source)) === null) await ledger.reset(lease, from, 'the lane begins');
}
