import { z } from 'zod';
import { readReplay as contract, Replayed } from '../../shared/contracts/replay';
import { Outcome } from '../../shared/contracts/window';
import { lookAtNotebook } from '../cancellation';
import { implement } from '../implement';
import { renewed } from '../renewed';
import { end } from '../step';

const Exit = z.object({
  kind: z.enum(['applied', 'already_applied']),
  rows: Outcome.omit({ unchanged: true }).loose(),
  again: Replayed.shape.again,
});

/** Looks at the replay once, and keeps the lease alive meanwhile. */
export const readReplay = implement(contract, (ports) => async ({ task, lease, replay }) => {
  await renewed(ports, task, lease);
  const look = await lookAtNotebook(ports, task.run, task.source, replay.external);
  if (look.kind === 'running') return look;
  if (look.kind === 'failed') {
    await end(ports, task.run, task.source, 'apply', replay, { problem: look.problem });
    return look;
  }
  const { rows, again } = Exit.parse(look.output);
  const { merged, duplicates, quarantined, inserted, updated, deleted } = rows;
  const unchanged = String(BigInt(merged) - BigInt(inserted) - BigInt(updated));
  const asked = String(BigInt(merged) + BigInt(duplicates) + BigInt(quarantined));
  const detail = `replay: ${again.length} rows in quarantine again`;
  await end(ports, task.run, task.source, 'apply', replay, { rowsIn: asked, rowsOut: merged, detail });
  const outcome = { merged, duplicates, quarantined, inserted, updated, unchanged, deleted };
  return { kind: 'replayed' as const, outcome, again };
});
