import { z } from 'zod';
import { readExpiry as contract } from '../../shared/contracts/maintenance';
import { lookAtFactory } from '../cancellation';
import { implement } from '../implement';
import { end } from '../step';

const Deleted = z.object({ filesDeleted: z.coerce.number() });

/** Looks at the deletion once. */
export const readExpiry = implement(contract, (ports) => async ({ task, expiry }) => {
  const part = `${task.container}/${task.folder}`;
  const look = await lookAtFactory(ports, task.run, part, expiry.external);
  if (look.kind === 'running') return look;
  if (look.kind === 'failed') {
    await end(ports, task.run, part, 'expire', expiry, { problem: look.problem });
    return { kind: 'failed' as const, problem: look.problem };
  }
  const { filesDeleted } = Deleted.parse(look.activities.find(({ type }) => type === 'Delete')?.output);
  const detail = `${filesDeleted} raw files from before ${task.before} removed`;
  await end(ports, task.run, part, 'expire', expiry, { detail });
  const outcome = filesDeleted > 0 ? ('done' as const) : ('unchanged' as const);
  return { kind: 'done' as const, report: { part, outcome, detail, problems: [] } };
});
