import type { Failure } from '../engine/failure';
import type { ValueObject } from '../expression/value';

export type RunStatus = 'Queued' | 'InProgress' | 'Succeeded' | 'Failed' | 'Canceling' | 'Cancelled';

/** Who started a run. */
export interface InvokedBy {
  readonly id: string;
  readonly name: string;
  readonly invokedByType: string;
  readonly pipelineName?: string;
  readonly pipelineRunId?: string;
}

/** A pipeline run as the API shows it; times are ISO 8601. */
export interface PipelineRun {
  readonly runId: string;
  readonly runGroupId: string;
  readonly isLatest: boolean;
  readonly pipelineName: string;
  /** As text, which is how the service shows them. */
  readonly parameters: Record<string, string>;
  readonly invokedBy: InvokedBy;
  readonly status: RunStatus;
  readonly message: string;
  readonly runStart: string;
  readonly runEnd: string | null;
  readonly durationInMs: number | null;
  readonly lastUpdated: string;
}

/** One attempt of one activity as the API shows it. */
export interface ActivityRun {
  readonly activityRunId: string;
  readonly activityName: string;
  readonly activityType: string;
  readonly pipelineName: string;
  readonly pipelineRunId: string;
  readonly status: 'InProgress' | 'Succeeded' | 'Failed' | 'Skipped' | 'Cancelled';
  readonly activityRunStart: string;
  readonly activityRunEnd: string | null;
  readonly durationInMs: number | null;
  readonly retryAttempt: number | null;
  readonly iterationHash: string;
  readonly userProperties: Record<string, string>;
  readonly linkedServiceName: string;
  readonly input: unknown;
  readonly output: ValueObject;
  readonly error: Failure | { errorCode: ''; message: ''; failureType: ''; target: string; details: '' };
}

/** What a run was really started with: typed values, which the shown texts would lose. */
export interface Start {
  readonly parameters: ValueObject;
  /** Activities whose results are taken over from an earlier run. */
  readonly adopted: Record<string, ValueObject>;
}

export const isOver = (status: RunStatus): boolean => ['Succeeded', 'Failed', 'Cancelled'].includes(status);
