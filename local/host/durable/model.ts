/** The durable state of the task hub. All of it is the fold of journal records; nothing else changes it. */
export type Status = 'Pending' | 'Running' | 'Completed' | 'Failed' | 'Terminated';

/** Retry settings as the library sends them, times in milliseconds. */
export interface RetryRule {
  readonly firstRetryIntervalInMilliseconds: number;
  readonly maxNumberOfAttempts: number;
  readonly backoffCoefficient?: number;
  readonly maxRetryIntervalInMilliseconds?: number;
}

/** Which attempt of a retried call this is, counted from 1. */
export interface Attempt {
  readonly rule: RetryRule;
  readonly number: number;
}

interface Call {
  readonly name: string;
  /** Activity: the text of the trigger input, absent for none. Child: JSON text. */
  readonly input?: string;
  readonly attempt?: Attempt;
}
export interface ActivityTask extends Call {
  readonly kind: 'activity';
}
export interface ChildTask extends Call {
  readonly kind: 'child';
  readonly instanceId?: string;
  readonly version?: string;
}
export interface TimerTask {
  readonly kind: 'timer';
  /** Milliseconds since 1970. */
  readonly fireAt: number;
  /** Set on the timer that the library awaits between two attempts, and once more after the last. */
  readonly retries?: ActivityTask | ChildTask;
}
export type Task = ActivityTask | ChildTask | TimerTask;

/** A task that the orchestrator waits for. `root` is the id under which the orchestrator first asked for it. */
export interface OpenTask {
  readonly task: Task;
  readonly root: number;
}

export interface FailureText {
  readonly reason: string;
  readonly details: string;
  readonly failure?: object;
}
export type Outcome =
  | { readonly kind: 'done'; readonly result: string }
  | ({ readonly kind: 'failed' } & FailureText)
  | { readonly kind: 'fired' };

/** Something that has arrived at an instance and is not yet part of its history. */
export type Message =
  | {
      readonly kind: 'task';
      readonly id: number;
      readonly at: string;
      readonly outcome: Outcome;
      readonly of: OpenTask;
    }
  | { readonly kind: 'event'; readonly at: string; readonly name: string; readonly input?: string };

/** One entry of the library's action list: what it was, and the ids of its leaves (null for a wait, which has none). */
export interface Position {
  readonly signature: string;
  /** How the orchestrator waits for it; `any change` covers what the rule cannot decide, `nothing` is fire and forget. */
  readonly awaits: 'one' | 'all' | 'any' | 'any change' | 'nothing';
  readonly ids: readonly (number | null)[];
}

export interface HistoryEvent {
  readonly EventType: number;
  readonly EventId: number;
  readonly IsPlayed: false;
  readonly Timestamp: string;
  readonly [member: string]: unknown;
}

export interface ParentLink {
  readonly id: string;
  readonly generation: number;
  readonly task: number;
}

export interface Instance {
  readonly id: string;
  readonly name: string;
  readonly version?: string;
  readonly parent?: ParentLink;
  readonly trace?: string;
  readonly createdAt: string;
  /** Differs for every incarnation and every continueAsNew in the hub, so a late result can never fit by accident. */
  generation: number;
  /** JSON text. */
  input: string;
  status: Status;
  suspended: boolean;
  updatedAt: string;
  output?: string;
  customStatus?: unknown;
  nextId: number;
  positions: Position[];
  history: HistoryEvent[];
  open: Map<number, OpenTask>;
  /** Results and events to be given to the orchestrator at its next run. */
  inbox: Message[];
  /** Failed attempts and elapsed retry delays: the library handles them without running user code. */
  retries: Extract<Message, { kind: 'task' }>[];
  /** External events that nobody waits for yet. */
  held: Extract<Message, { kind: 'event' }>[];
  /** Waits per event name that have not been given an event yet. */
  waits: Map<string, number>;
  /** Roots of tasks whose failure has been delivered. */
  failed: Set<number>;
}

export interface Hub {
  readonly instances: Map<string, Instance>;
  readonly values: Map<string, unknown>;
  generation: number;
}

export const emptyHub = (): Hub => ({ instances: new Map(), values: new Map(), generation: 0 });

export const isFinished = (instance: Instance): boolean =>
  instance.status !== 'Pending' && instance.status !== 'Running';
