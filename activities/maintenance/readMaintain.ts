import { z } from 'zod';
import { Count } from '../../shared/contracts/ids';
import { readMaintain as contract } from '../../shared/contracts/maintenance';
import { lookAtNotebook } from '../cancellation';
import { implement } from '../implement';
import { end } from '../step';

const Shape = z.object({ files: Count, bytes: Count });
const Exit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('absent') }),
  z.object({
    kind: z.literal('maintained'),
    relaid: z.string().nullable(),
    compacted: z.boolean(),
    before: Shape,
    after: Shape,
  }),
]);

/** Looks at the notebook that keeps a table in order once. */
export const readMaintain = implement(contract, (ports) => async ({ task, maintain }) => {
  const part = `${task.layer}/${task.table}`;
  const look = await lookAtNotebook(ports, task.run, part, maintain.external);
  if (look.kind === 'running') return look;
  if (look.kind === 'succeeded') {
    const exit = Exit.parse(look.output);
    const done = exit.kind === 'maintained' && (exit.compacted || exit.relaid !== null);
    const outcome = done ? ('done' as const) : ('unchanged' as const);
    const detail = told(exit);
    await end(ports, task.run, part, 'maintain', maintain, { detail });
    return { kind: 'done' as const, report: { part, outcome, detail, problems: [] } };
  }
  await end(ports, task.run, part, 'maintain', maintain, { problem: look.problem });
  return { kind: 'failed' as const, problem: look.problem };
});

function told(exit: z.infer<typeof Exit>): string {
  if (exit.kind === 'absent') return 'no such table yet';
  const files = `${exit.before.files} files, ${exit.after.files} after`;
  return exit.relaid ? `laid out anew, ${exit.relaid}: ${files}` : files;
}
