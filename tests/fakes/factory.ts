import { ProblemError, TransientError } from '../../shared/errors';
import type { Factory, FactoryRun } from '../../shared/ports/factory';
import { problem } from '../../shared/problem';

interface Begun {
  readonly pipeline: string;
  readonly parameters: Record<string, unknown>;
  state: FactoryRun;
}

/** A factory in memory whose runs end as a test says: `finish` ends one, `lose` starts the next one but loses the answer. */
export function fakeFactory(): Factory & {
  readonly runs: Map<string, Begun>;
  finish(run: string, state: FactoryRun): void;
  lose(): void;
  /** What a pipeline that was never deployed comes to. */
  refuse(): never;
} {
  const runs = new Map<string, Begun>();
  let losing = false;
  return {
    runs,
    finish(run, state) {
      const begun = runs.get(run);
      if (begun) begun.state = state;
    },
    lose() {
      losing = true;
    },
    refuse() {
      throw new ProblemError(problem('FACTORY_FAILED', 'Data Factory', 'There is no such pipeline.', 'Deploy it.'));
    },
    async start(pipeline, parameters, key) {
      const known = [...runs].find(([, run]) => run.pipeline === pipeline && run.parameters['runKey'] === key);
      if (known) return known[0];
      const id = `run-${runs.size + 1}`;
      runs.set(id, { pipeline, parameters: { ...parameters, runKey: key }, state: { kind: 'running' } });
      if (!losing) return id;
      losing = false;
      throw new TransientError(problem('FACTORY_FAILED', 'Data Factory', 'The answer was lost.', 'Ask again.', true));
    },
    async look(run) {
      const why = problem('FACTORY_FAILED', 'Data Factory', `There is no run ${run}.`, 'Start another.', true);
      return runs.get(run)?.state ?? { kind: 'failed', problem: why, activities: [] };
    },
    async cancel(run) {
      const begun = runs.get(run);
      if (begun?.state.kind === 'running') begun.state = { kind: 'cancelled' };
    },
  };
}
