import { z } from 'zod';
import { Count } from '../../shared/contracts/ids';
import { readPublish as contract } from '../../shared/contracts/steps';
import { problem } from '../../shared/problem';
import { implement } from '../implement';
import { end } from '../step';

const Exit = z.object({ kind: z.literal('published'), rows: Count, published: z.string().min(1) });

/** Looks at the notebook of a dataset once. */
export const readPublish = implement(contract, (ports) => async ({ task, publish }) => {
  const look = await ports.notebooks.look(publish.external);
  if (look.kind === 'running') return look;
  if (look.kind === 'succeeded') {
    const { rows, published } = Exit.parse(look.output);
    await end(ports, task.run, task.dataset, 'publish', publish, { rowsOut: rows });
    return { kind: 'published' as const, rows, published };
  }
  const found =
    look.kind === 'failed'
      ? { ...look.problem, where: task.dataset }
      : problem('RUN_CANCELLED', task.dataset, 'the Databricks run was cancelled.', 'Run again when it may go on.');
  await end(ports, task.run, task.dataset, 'publish', publish, { problem: found });
  return { kind: 'failed' as const, problem: found };
});
