import { z } from 'zod';
import { Count } from '../../shared/contracts/ids';
import { readDeletes as contract } from '../../shared/contracts/steps/keys';
import { problem } from '../../shared/problem';
import { unbalanced } from '../../shared/windows/account';
import { lookAtNotebook } from '../cancellation';
import { implement } from '../implement';
import { renewed } from '../renewed';
import { end, subjectOf } from '../step';

const Exit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('compared'), live: Count, deleted: Count }),
  z.object({ kind: z.literal('stopped'), live: Count, deleted: Count }),
  z.object({ kind: z.literal('unbalanced'), detail: z.string() }),
]);

/** Looks at the comparison once, and keeps the lease alive meanwhile. */
export const readDeletes = implement(contract, (ports) => async ({ task, lease, job }) => {
  await renewed(ports, task, lease);
  const look = await lookAtNotebook(ports, task.run, task.source, job.external);
  if (look.kind === 'running') return look;
  const judged = look.kind === 'succeeded' ? judge(task.source, Exit.parse(look.output)) : look;
  const ending = judged.kind === 'compared' ? { rowsIn: judged.live, rowsOut: judged.deleted } : judged;
  await end(ports, task.run, subjectOf(task), 'deletes', job, ending);
  return judged.kind === 'compared' ? { kind: judged.kind, deleted: judged.deleted } : judged;
});

function judge(source: string, exit: z.infer<typeof Exit>) {
  if (exit.kind === 'unbalanced') return { kind: 'failed' as const, problem: unbalanced(source, exit.detail) };
  if (exit.kind === 'compared') return exit;
  const found = problem(
    'MASS_DELETE',
    source,
    `${exit.deleted} of ${exit.live} rows are gone at the source, more than the catalog lets go at once; none was marked.`,
    `Look at the source. If they are gone: \`tidemark run --source ${source} --deletes --accept-deletes ${exit.deleted}\`.`,
  );
  return { kind: 'stopped' as const, problem: found };
}
