import type { Problem } from '../../../shared/contracts/problem';
import type { Run, Step } from '../../../shared/contracts/run';

/** Every problem of a run, each once: the run's own first, then those of its sources, datasets and steps. */
export function problemsOf(run: Run, steps: readonly Step[]): Problem[] {
  const all = [
    run.problem,
    ...run.sources.flatMap((report) => report.problems),
    ...run.datasets.flatMap((report) => report.problems),
    ...(run.upkeep?.parts ?? []).flatMap((part) => part.problems),
    ...steps.map((step) => step.problem),
  ];
  const once = new Map<string, Problem>();
  for (const problem of all) {
    if (problem === null) continue;
    const key = JSON.stringify([problem.code, problem.where, problem.why]);
    if (!once.has(key)) once.set(key, problem);
  }
  return [...once.values()];
}
