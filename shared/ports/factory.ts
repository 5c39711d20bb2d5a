import type { Problem } from '../contracts/problem';

/** What Data Factory says of one pipeline run. */
export type FactoryRun =
  | { kind: 'running' }
  | { kind: 'succeeded'; activities: FactoryActivity[] }
  | { kind: 'failed'; problem: Problem; activities: FactoryActivity[] }
  | { kind: 'cancelled' };

/** One finished activity with the output that the service wrote; fields differ by activity type. */
export interface FactoryActivity {
  readonly name: string;
  readonly type: string;
  readonly status: string;
  readonly input: unknown;
  readonly output: unknown;
  /** Why it failed; null unless it did. */
  readonly problem: Problem | null;
  /** Its user properties, evaluated. */
  readonly properties: Readonly<Record<string, string>>;
}

/** Pipelines of Data Factory. */
export interface Factory {
  /**
   * Starts a pipeline at most once for a key: a run that already carries it is adopted, and an unknown outcome
   * (cut, 5xx, time-out) is looked up before anything is started again.
   * @param key goes into the pipeline parameter `runKey`
   * @param since ISO instant before the first attempt to start, from where runs are looked up
   * @returns the id of the pipeline run
   * @throws WaitError when the outcome is still unknown: ask again with the same key, after the pause
   */
  start(pipeline: string, parameters: Record<string, unknown>, key: string, since: string): Promise<string>;
  look(run: string): Promise<FactoryRun>;
  cancel(run: string): Promise<void>;
}
