import { z } from 'zod';
import { Count } from '../../shared/contracts/ids';
import { readApply as contract } from '../../shared/contracts/steps';
import { FileAccount, Outcome, type Window } from '../../shared/contracts/window';
import { problem } from '../../shared/problem';
import { conserved, unbalanced } from '../../shared/windows/account';
import { resetCommand } from '../../shared/windows/reset';
import { lookAtNotebook } from '../cancellation';
import { implement } from '../implement';
import { renewed } from '../renewed';
import { end, subjectOf } from '../step';

const Rows = Outcome.omit({ unchanged: true }).loose();
const Exit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('applied'), rows: Rows, files: z.array(FileAccount) }),
  z.object({ kind: z.literal('already_applied'), rows: Rows, files: z.array(FileAccount) }),
  z.object({ kind: z.literal('unbalanced'), detail: z.string() }),
  z.object({ kind: z.literal('conflict'), detail: z.string() }),
  z.object({
    kind: z.literal('failed_rule'),
    failed: z.array(z.object({ rule: z.string(), rows: Count })),
  }),
]);

/** Looks at the merge once, and keeps the lease alive meanwhile. */
export const readApply = implement(contract, (ports) => async ({ task, lease, window, apply }) => {
  await renewed(ports, task, lease);
  const look = await lookAtNotebook(ports, task.run, task.source, apply.external);
  if (look.kind === 'running') return look;
  const outcome = look.kind === 'succeeded' ? judge(task.source, window, Exit.parse(look.output)) : look;
  await end(ports, task.run, subjectOf(task, window), 'apply', apply, {
    ...(outcome.kind === 'failed'
      ? { problem: outcome.problem }
      : { rowsIn: window.account?.landed ?? '0', rowsOut: outcome.outcome.merged }),
  });
  return outcome;
});

/** A window that has landed keeps what it copied, and the catalog that it was planned under: mended it is read anew. */
function cureOf(source: string, { lane, mode, lower }: Window): string {
  const mend = 'Correct the rows at the source, or publish a catalog with another rule';
  if (lane !== undefined) return `${mend}; then start a new backfill: this one keeps its rows and its catalog.`;
  const reset = resetCommand(source, mode === 'incremental' ? lower : null);
  return `${mend}. The window keeps its rows and its catalog, so give it up: ${reset}; then run the source.`;
}

function judge(source: string, window: Window, exit: z.infer<typeof Exit>) {
  const { number, account } = window;
  if (exit.kind === 'applied' || exit.kind === 'already_applied') {
    const { merged, duplicates, quarantined, inserted, updated, deleted, erased = '0' } = exit.rows;
    const kept = { merged, duplicates, quarantined, inserted, updated, deleted };
    const counts = { ...kept, ...(erased !== '0' && { erased }) };
    const lost = account && conserved(source, account, counts, exit.files);
    if (lost) return { kind: 'failed', problem: lost } as const;
    const unchanged = String(BigInt(merged) - BigInt(inserted) - BigInt(updated));
    return { kind: 'applied', outcome: { ...counts, unchanged }, byFile: exit.files } as const;
  }
  if (exit.kind === 'unbalanced') return { kind: 'failed', problem: unbalanced(source, exit.detail) } as const;
  const found =
    exit.kind === 'conflict'
      ? problem(
          'WINDOW_CONFLICT',
          source,
          `silver has already taken in another window ${number}: ${exit.detail}`,
          'The ledger and silver disagree: restore the ledger, or reset the watermark with a reason.',
        )
      : problem(
          'RULE_FAILED',
          source,
          `rows break a rule that must hold: ${exit.failed.map(({ rule, rows }) => `${rule} (${rows})`).join(', ')}.`,
          cureOf(source, window),
        );
  return { kind: 'failed', problem: found } as const;
}
