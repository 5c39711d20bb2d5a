import { problemOfJob } from '../../../shared/azure/failure';
import type { NotebookRun } from '../../../shared/ports/notebooks';
import { LATE_MS, type Outside } from './outside';
import { type Pause, PLAYED, publish } from './plays';

type Parameters = Readonly<Record<string, string>>;

/** Databricks as a server: a token starts one run, whatever happens to the answers. */
export interface NotebookServer {
  submit(notebook: string, parameters: Parameters, token: string): string;
  get(run: string): NotebookRun;
  cancel(run: string): void;
}

export function notebookServer(outside: Outside): NotebookServer {
  const { time, random, faults } = outside;
  const runs = new Map<string, { state: NotebookRun }>();
  const tokens = new Map<string, string>();
  return {
    submit(notebook, parameters, token) {
      const known = tokens.get(token);
      if (known !== undefined) return known;
      const id = String(1000 + runs.size);
      const run: { state: NotebookRun } = { state: { kind: 'running' } };
      runs.set(id, run);
      tokens.set(token, id);
      const fault = faults.strike('notebooks.work');
      const fail = (words: string): void => {
        run.state = { kind: 'failed', problem: problemOfJob(words) };
      };
      const pause: Pause = () => {
        const cut = faults.strike('notebooks.work');
        return new Promise((resolve) => {
          time.after(cut === 'late' ? LATE_MS : random.whole(100, 9000), () => {
            if (run.state.kind !== 'running') return;
            if (cut === 'refused' || cut === 'lost') return fail('CLOUD_FAILURE DRIVER_ERROR The driver died');
            if (cut === 'crash before' || cut === 'crash after') run.state = { kind: 'cancelled' };
            else resolve();
          });
        });
      };
      const work = async (): Promise<void> => {
        if (run.state.kind !== 'running') return;
        if (fault === 'refused') return fail('CLOUD_FAILURE DRIVER_ERROR The driver died');
        if (fault === 'crash before') {
          run.state = { kind: 'cancelled' };
          return;
        }
        const play = PLAYED[notebook] ?? publish;
        try {
          const output = await play(outside, parameters, pause);
          if (fault === 'lost') fail('INTERNAL_ERROR The driver died after its commit');
          else run.state = fault === 'crash after' ? { kind: 'cancelled' } : { kind: 'succeeded', output };
        } catch (error) {
          fail(`CLIENT_ERROR RUN_EXECUTION_ERROR ${(error as Error).message}`);
        }
      };
      time.after(fault === 'late' ? LATE_MS : random.whole(500, 12_000), () => void work());
      return id;
    },
    get(run) {
      const begun = runs.get(run);
      if (begun) return begun.state;
      throw Object.assign(new Error(`There is no run ${run}.`), { statusCode: 404 });
    },
    cancel(run) {
      const begun = runs.get(run);
      if (begun?.state.kind === 'running') begun.state = { kind: 'cancelled' };
    },
  };
}
