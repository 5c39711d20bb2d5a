import { type Cancellation, Run, Step } from '../../shared/contracts/run';
import type { Runs } from '../../shared/ports/runs';

/** The record of runs in memory. */
export function fakeRuns(): Runs {
  const runs = new Map<string, Run>();
  const cancels = new Map<string, Cancellation>();
  const steps = new Map<string, Map<string, Step>>();
  return {
    put: async (run) => void runs.set(run.run, Run.parse(run)),
    get: async (run) => runs.get(run) ?? null,
    async list(limit, before) {
      const newestFirst = [...runs.values()].sort((a, b) => (a.run > b.run ? -1 : 1));
      return newestFirst.filter(({ run }) => before === undefined || run < before).slice(0, limit);
    },
    async cancel(run, cancellation) {
      if (!cancels.has(run)) cancels.set(run, cancellation);
    },
    cancellation: async (run) => cancels.get(run) ?? null,
    async remove(run) {
      runs.delete(run);
      steps.delete(run);
    },
    async putStep(step) {
      const known = steps.get(step.run) ?? new Map<string, Step>();
      steps.set(step.run, known.set(step.id, Step.parse(step)));
    },
    async steps(run) {
      const found = [...(steps.get(run)?.values() ?? [])];
      return found.sort((a, b) => (`${a.started} ${a.id}` < `${b.started} ${b.id}` ? -1 : 1));
    },
  };
}
