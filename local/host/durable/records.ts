import type { FailureText, Instance, Outcome, ParentLink, Position, Task } from './model';

/** An instance comes into being; one of the same id must be finished and is replaced. */
export interface NewRecord {
  readonly t: 'new';
  readonly id: string;
  readonly name: string;
  readonly input: string;
  readonly at: string;
  readonly version?: string;
  readonly parent?: ParentLink;
  readonly trace?: string;
}

/** The end of a task arrives. It counts only while that task is open in the same generation. */
export interface TaskRecord {
  readonly t: 'task';
  readonly id: string;
  readonly generation: number;
  readonly task: number;
  readonly outcome: Outcome;
  readonly at: string;
}

export interface EventRecord {
  readonly t: 'event';
  readonly id: string;
  readonly name: string;
  readonly input?: string;
  readonly at: string;
}

export type StepEnd =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'completed'; readonly output: string }
  | ({ readonly kind: 'failed' } & FailureText)
  | { readonly kind: 'continued'; readonly input: string };

/** One run of an orchestrator: which messages it took in which order, and everything it decided. */
export interface StepRecord {
  readonly t: 'step';
  readonly id: string;
  readonly generation: number;
  readonly at: string;
  /** A number n takes the first n messages; a list gives their places in the inbox, in the order of delivery. */
  readonly take: number | readonly number[];
  readonly positions: readonly Position[];
  readonly tasks: readonly (readonly [number, Task])[];
  readonly cancelled: readonly number[];
  readonly waits: Readonly<Record<string, number>>;
  readonly nextId: number;
  readonly customStatus?: unknown;
  readonly end: StepEnd;
}

/** The waiting retry messages are handled: delays start, next attempts open. */
export interface RetryRecord {
  readonly t: 'retry';
  readonly id: string;
  readonly generation: number;
  readonly at: string;
}

export interface ControlRecord {
  readonly t: 'control';
  readonly id: string;
  readonly what: 'terminate' | 'suspend' | 'resume';
  readonly reason: string;
  readonly at: string;
}

export interface PurgeRecord {
  readonly t: 'purge';
  readonly ids: readonly string[];
}

/** A value kept beside the instances: keys, timer schedules. */
export interface ValueRecord {
  readonly t: 'value';
  readonly key: string;
  readonly value: unknown;
}

/** One instance as a compacted journal holds it. */
export interface SnapshotRecord {
  readonly t: 'snapshot';
  readonly instance: PlainInstance;
}

export type PlainInstance = Omit<Instance, 'open' | 'waits' | 'failed'> & {
  readonly open: [number, ReturnType<Instance['open']['get']> & object][];
  readonly waits: [string, number][];
  readonly failed: number[];
};

/** First record of a compacted journal. */
export interface HubRecord {
  readonly t: 'hub';
  readonly generation: number;
}

export type JournalRecord =
  | NewRecord
  | TaskRecord
  | EventRecord
  | StepRecord
  | RetryRecord
  | ControlRecord
  | PurgeRecord
  | ValueRecord
  | SnapshotRecord
  | HubRecord;
