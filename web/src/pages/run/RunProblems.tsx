import type { Run, Step } from '../../../../shared/contracts/run';
import { problemsOf } from '../../account/problemsOf';
import { ProblemCard } from '../../parts/ProblemCard';

/** Everything that went wrong in a run, each thing once. */
export function RunProblems({ run, steps }: { run: Run; steps: readonly Step[] }) {
  const problems = problemsOf(run, steps);
  if (problems.length === 0) return null;
  return (
    <section aria-labelledby="problems">
      <h2 id="problems">{problems.length === 1 ? 'What went wrong' : `What went wrong (${problems.length})`}</h2>
      <div class="stack tight">
        {problems.map((problem) => (
          <ProblemCard key={`${problem.code} ${problem.where} ${problem.why}`} problem={problem} />
        ))}
      </div>
    </section>
  );
}
