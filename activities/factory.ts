import type { Problem } from '../shared/contracts/problem';
import type { FactoryActivity, FactoryRun } from '../shared/ports/factory';
import { problem } from '../shared/problem';

export type FactoryOutcome =
  | { kind: 'running' }
  | { kind: 'succeeded'; activities: FactoryActivity[] }
  | { kind: 'failed'; problem: Problem; activities: FactoryActivity[] };

/** A factory run as a source or dataset sees it: a cancelled one has failed, with a reason of its own. */
export function outcome(run: FactoryRun, where: string): FactoryOutcome {
  if (run.kind === 'failed') return { ...run, problem: { ...run.problem, where } };
  if (run.kind !== 'cancelled') return run;
  const cancelled = problem(
    'RUN_CANCELLED',
    where,
    'the Data Factory run was cancelled.',
    'Run again when it may go on.',
  );
  return { kind: 'failed', problem: cancelled, activities: [] };
}
