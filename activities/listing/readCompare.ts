import { z } from 'zod';
import { readCompare as contract, Summed, Traced } from '../../shared/contracts/steps/listing';
import { unbalanced } from '../../shared/windows/account';
import { lookAtNotebook } from '../cancellation';
import { implement } from '../implement';
import { renewed } from '../renewed';
import { end, subjectOf } from '../step';
import { comparisons } from './comparisons';

const Exit = z.discriminatedUnion('kind', [
  Summed,
  Traced,
  z.object({ kind: z.literal('unbalanced'), detail: z.string() }),
]);

/** Looks at a comparison once, and keeps the lease alive meanwhile. */
export const readCompare = implement(contract, (ports) => async ({ task, lease, listing, job }) => {
  await renewed(ports, task, lease);
  const look = await lookAtNotebook(ports, task.run, task.source, job.external);
  if (look.kind === 'running') return look;
  const exit = look.kind === 'succeeded' ? Exit.parse(look.output) : look;
  const found =
    exit.kind === 'unbalanced' ? { kind: 'failed' as const, problem: unbalanced(task.source, exit.detail) } : exit;
  const { step } = comparisons[listing.kind === 'rows' ? 'rows' : 'sums'];
  await end(ports, task.run, subjectOf(task), step, job, endingOf(found));
  return found;
});

function endingOf(found: Exclude<z.infer<typeof contract.output>, { kind: 'running' }>) {
  if (found.kind === 'failed') return { problem: found.problem };
  if (found.kind === 'traced') return { rowsOut: found.differing, detail: `${found.differing} keys differ` };
  return { rowsIn: found.source, rowsOut: found.silver, detail: `${found.differing} buckets differ` };
}
