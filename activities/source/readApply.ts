import { z } from 'zod';
import { Count } from '../../shared/contracts/ids';
import { readApply as contract } from '../../shared/contracts/steps';
import { problem } from '../../shared/problem';
import { lookAtNotebook } from '../cancellation';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { end } from '../step';

const Rows = z.object({ inserted: Count, updated: Count, deleted: Count, quarantined: Count });
const Exit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('applied'), rows: Rows.optional() }),
  z.object({ kind: z.literal('already_applied'), rows: Rows.optional() }),
  z.object({ kind: z.literal('conflict'), detail: z.string() }),
  z.object({
    kind: z.literal('failed_rule'),
    failed: z.array(z.object({ rule: z.string(), rows: Count })),
  }),
]);

/** Looks at the merge once, and keeps the lease alive meanwhile. */
export const readApply = implement(contract, (ports) => async ({ task, lease, window, apply }) => {
  const { limits } = await catalogOf(ports, task.catalog);
  await ports.ledger.renew(lease, limits.leaseSeconds);
  const look = await lookAtNotebook(ports, task.run, task.source, apply.external);
  if (look.kind === 'running') return look;
  const outcome = look.kind === 'succeeded' ? judge(task.source, window.number, Exit.parse(look.output)) : look;
  await end(ports, task.run, task.source, 'apply', apply, {
    ...(outcome.kind === 'failed'
      ? { problem: outcome.problem }
      : { rowsIn: window.account?.landed ?? '0', rowsOut: sum(outcome.inserted, outcome.updated, outcome.deleted) }),
  });
  return outcome;
});

const sum = (...counts: string[]): string => String(counts.reduce((total, count) => total + BigInt(count), 0n));

function judge(source: string, window: string, exit: z.infer<typeof Exit>) {
  if (exit.kind === 'applied' || exit.kind === 'already_applied') {
    const { inserted, updated, deleted, quarantined } = exit.rows ?? NONE;
    return { kind: 'applied', inserted, updated, deleted, quarantined } as const;
  }
  const found =
    exit.kind === 'conflict'
      ? problem(
          'WINDOW_CONFLICT',
          source,
          `silver has already taken in another window ${window}: ${exit.detail}`,
          'The ledger and silver disagree: restore the ledger, or reset the watermark with a reason.',
        )
      : problem(
          'RULE_FAILED',
          source,
          `rows break a rule that must hold: ${exit.failed.map(({ rule, rows }) => `${rule} (${rows})`).join(', ')}.`,
          'Correct the rows at the source or the rule in the catalog; then run the source by hand.',
        );
  return { kind: 'failed', problem: found } as const;
}

const NONE = { inserted: '0', updated: '0', deleted: '0', quarantined: '0' };
