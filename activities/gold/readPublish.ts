import { z } from 'zod';
import { Count } from '../../shared/contracts/ids';
import { readPublish as contract } from '../../shared/contracts/steps';
import { lookAtNotebook } from '../cancellation';
import { implement } from '../implement';
import { end } from '../step';

const Exit = z.object({
  kind: z.literal('published'),
  rows: Count,
  published: z.string().min(1),
  serial: Count.default('0'),
  renewed: z.string().default('all'),
  because: z.string().default(''),
});

/** Looks at the notebook of a dataset once. */
export const readPublish = implement(contract, (ports) => async ({ task, publish }) => {
  const look = await lookAtNotebook(ports, task.run, task.dataset, publish.external);
  if (look.kind === 'running') return look;
  if (look.kind === 'failed') {
    await end(ports, task.run, task.dataset, 'publish', publish, { problem: look.problem });
    return look;
  }
  const { rows, published, serial, renewed, because } = Exit.parse(look.output);
  const detail = renewed === 'all' ? `everything computed: ${because}` : `${renewed} groups computed`;
  await end(ports, task.run, task.dataset, 'publish', publish, { rowsOut: rows, detail });
  return { kind: 'published' as const, rows, published, serial };
});
