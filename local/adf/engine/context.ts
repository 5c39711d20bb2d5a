import type { Duck } from '../connectors/duck';
import type { Lake } from '../connectors/lake';
import type { Connection } from '../definition/linkedService';
import type { Value, ValueObject } from '../expression/value';
import type { Definitions } from '../store/definitions';
import type { InvokedBy, PipelineRun, Start } from '../store/records';
import type { Runs } from '../store/runs';
import type { Failure } from './failure';
import type { Ended } from './rules';

/** What every run of this factory shares. */
export interface Services {
  readonly factory: string;
  readonly globalParameters: () => ValueObject;
  readonly definitions: Definitions;
  readonly runs: Runs;
  readonly duck: Duck;
  readonly lake: (url: string) => Lake;
  readonly secret: (vault: Connection<'AzureKeyVault'>, name: string, version?: string) => Promise<string>;
  /** A token of the factory's own managed identity. */
  readonly token: (resource: string) => Promise<string>;
  /** Starts a pipeline, as ExecutePipeline does; `ended` settles with the run as it ended. */
  start(pipeline: string, parameters: ValueObject, by: InvokedBy): { runId: string; ended: Promise<PipelineRun> };
  /** Waits before an activity is tried again, as long as its policy says. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** What a run set as its `pipelineReturnValue`. */
  returned(runId: string): ValueObject;
}

/** One pipeline run under way. */
export interface RunContext {
  readonly services: Services;
  readonly run: PipelineRun;
  readonly start: Start;
  readonly variables: Map<string, Value>;
  readonly returned: ValueObject;
  readonly signal: AbortSignal;
}

/** What is known of an activity that has ended. */
export interface Result {
  readonly status: Ended;
  readonly output: ValueObject;
  readonly error?: Failure;
  readonly activityRunId: string;
}

/** What a group of activities sees: its own results, the item of its iteration, and all that encloses it. */
export interface Frame {
  readonly parent?: Frame;
  readonly results: Map<string, Result>;
  readonly item?: Value;
  readonly iteration: string;
}

/** How an activity, or a group of them, ended. */
export type Outcome =
  | { status: 'Succeeded'; output: ValueObject }
  | { status: 'Failed'; output: ValueObject; error: Failure };
