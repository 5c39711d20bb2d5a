import { ProblemError } from '../../shared/errors';
import type { NotebookRun, Notebooks } from '../../shared/ports/notebooks';
import { problem } from '../../shared/problem';

interface Begun {
  readonly notebook: string;
  readonly parameters: Record<string, string>;
  state: NotebookRun;
}

/** Notebook jobs in memory whose runs end as a test says. */
export function fakeNotebooks(): Notebooks & {
  readonly runs: Map<string, Begun>;
  finish(run: string, state: NotebookRun): void;
} {
  const runs = new Map<string, Begun>();
  const tokens = new Map<string, string>();
  return {
    runs,
    finish(run, state) {
      const begun = runs.get(run);
      if (begun) begun.state = state;
    },
    async start(notebook, parameters, token) {
      if (token === '' || token.length > 64) throw refused('A token has 1 to 64 characters.');
      const known = tokens.get(token);
      if (known !== undefined) return known;
      const run = String(9_007_199_254_740_993n + BigInt(runs.size));
      runs.set(run, { notebook, parameters, state: { kind: 'running' } });
      tokens.set(token, run);
      return run;
    },
    async look(run) {
      const begun = runs.get(run);
      if (begun) return begun.state;
      throw refused(`There is no run ${run}.`);
    },
    async cancel(run) {
      const begun = runs.get(run);
      if (begun?.state.kind === 'running') begun.state = { kind: 'cancelled' };
    },
  };
}

const refused = (why: string): ProblemError =>
  new ProblemError(problem('NOTEBOOK_FAILED', 'Databricks', why, 'Start another.'));
