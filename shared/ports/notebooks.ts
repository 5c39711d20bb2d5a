import type { Problem } from '../contracts/problem';

export type NotebookRun =
  | { kind: 'running' }
  | { kind: 'succeeded'; output: unknown }
  | { kind: 'failed'; problem: Problem }
  | { kind: 'cancelled' };

/** Notebook jobs of Databricks. */
export interface Notebooks {
  /**
   * @param notebook path below the deployed notebooks, for instance `silver/apply_window`
   * @param token at most 64 characters; the same token never starts a second run
   * @returns the id of the job run, as text
   */
  start(notebook: string, parameters: Record<string, string>, token: string): Promise<string>;
  /** The output is the JSON value that the notebook exited with. */
  look(run: string): Promise<NotebookRun>;
  cancel(run: string): Promise<void>;
}
