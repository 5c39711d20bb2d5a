import type { Notebooks } from '../ports/notebooks';
import { guarded, NOTEBOOKS } from './failure';
import { governor } from './governor';
import { LIMITS } from './limits';
import { endOf, outcomeOf, RunList, RunOutput, RunState, Submitted } from './notebookRun';
import { RestError, restCall } from './restCall';
import { together } from './together';

/** Application id of Azure Databricks: what tokens for any workspace are issued for. */
export const DATABRICKS_SCOPE = '2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default';

export interface DatabricksOptions {
  readonly url: string;
  readonly cluster: string;
  /** Workspace folder of the deployed notebooks. */
  readonly folder: string;
  readonly token: (again: boolean) => Promise<string>;
  readonly now: () => Date;
  /** How long a list of runs under way is believed. */
  readonly freshMs: number;
}

/** Most runs on one page of a list. */
const PAGE = 25;

/**
 * Notebook jobs through the Jobs API 2.2, one task a run on an existing cluster, which starts when it sleeps.
 * @see https://docs.databricks.com/api/azure/workspace/jobs
 */
export function databricks({ url, cluster, folder, token, now, freshMs }: DatabricksOptions): Notebooks {
  const base = `${url.replace(/\/$/, '')}/api/2.2/jobs/runs`;
  const reads = governor(NOTEBOOKS, LIMITS.runReads);
  const writes = governor(NOTEBOOKS, LIMITS.submits);
  const get = (path: string) => restCall({ method: 'GET', url: `${base}/${path}`, token, governor: reads });
  const post = (path: string, body: string) =>
    restCall({ method: 'POST', url: `${base}/${path}`, body, token, governor: writes });

  const underWay = together(
    async (runs) => {
      const running = new Set<string>();
      // No more pages than there are runs: then looking at each of them costs no more.
      for (let left = runs.size, next = ''; left > 0; left -= 1) {
        const page = RunList.parse(await get(`list?active_only=true&limit=${PAGE}${next}`));
        for (const { run_id } of page.runs) running.add(run_id);
        if (!page.next_page_token || [...runs].every((run) => running.has(run))) break;
        next = `&page_token=${encodeURIComponent(page.next_page_token)}`;
      }
      return running;
    },
    freshMs,
    () => now().getTime(),
  );

  const outputOf = async (task: string | undefined): Promise<RunOutput | null> => {
    if (task === undefined) return null;
    try {
      return RunOutput.parse(await get(`get-output?run_id=${task}`));
    } catch (error) {
      // A run that ended before its notebook began has no output, and its own state says why.
      if (error instanceof RestError && (error.statusCode === 400 || error.statusCode === 404)) return null;
      throw error;
    }
  };

  return {
    start: (notebook, parameters, token) =>
      guarded(NOTEBOOKS, `starting ${notebook}`, async () => {
        if (token === '' || token.length > 64) throw new Error('An idempotency token has 1 to 64 characters.');
        const task = {
          task_key: 'notebook',
          existing_cluster_id: cluster,
          notebook_task: {
            notebook_path: `${folder.replace(/\/$/, '')}/${notebook}`,
            base_parameters: parameters,
            source: 'WORKSPACE',
          },
        };
        const run = { run_name: notebook, idempotency_token: token, queue: { enabled: true }, tasks: [task] };
        return Submitted.parse(await post('submit', JSON.stringify(run))).run_id;
      }),

    look: (run) =>
      guarded(NOTEBOOKS, `reading run ${run}`, async () => {
        if (await underWay(run)) return { kind: 'running' as const };
        const state = RunState.parse(await get(`get?run_id=${whole(run)}`));
        const end = endOf(state);
        if (!end.ended) return { kind: 'running' as const };
        return outcomeOf(end.code, end.told, await outputOf(state.tasks[0]?.run_id));
      }),

    cancel: (run) =>
      guarded(NOTEBOOKS, `cancelling run ${run}`, async () => {
        await post('cancel', `{"run_id":${whole(run)}}`);
      }),
  };
}

/** Ids go out as the service wrote them, never through a number. */
function whole(run: string): string {
  if (/^\d{1,19}$/.test(run)) return run;
  throw new Error(`${run} is not the id of a job run.`);
}
