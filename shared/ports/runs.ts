import type { Cancellation, Run, Step } from '../contracts/run';

/** The record of runs and their steps, for people. */
export interface Runs {
  put(run: Run): Promise<void>;
  get(run: string): Promise<Run | null>;
  /** Newest first; `before` is the run id to go on from. */
  list(limit: number, before?: string): Promise<Run[]>;
  /** Marks a run as one that shall stop; the first mark stands. */
  cancel(run: string, cancellation: Cancellation): Promise<void>;
  cancellation(run: string): Promise<Cancellation | null>;
  /** Removes a run and its steps; one that is not there is no fault. */
  remove(run: string): Promise<void>;
  putStep(step: Step): Promise<void>;
  steps(run: string): Promise<Step[]>;
}
