import type { ProblemCode } from '../contracts/problem';
import type { Letter } from './mail';

/** A letter that must be sent at least once and not twice; kept until the service has taken it. */
export interface OutboxEntry {
  readonly key: string;
  readonly letter: Letter;
  readonly queued: string;
  readonly sent: string | null;
  /** Why it was not taken the last time that it was tried. */
  readonly failed: ProblemCode | null;
  /** When it is tried again then. */
  readonly again: string | null;
}

export interface Outbox {
  /** Repeating a key is a no-op. */
  queue(key: string, letter: Letter): Promise<void>;
  /** Letters whose turn it is, those that have waited longest for it first. */
  pending(limit: number): Promise<OutboxEntry[]>;
  sent(key: string): Promise<void>;
  /** The letter was not taken: its next turn comes at `again`, behind those that wait already. */
  failed(key: string, code: ProblemCode, again: Date): Promise<void>;
  list(limit: number): Promise<OutboxEntry[]>;
}
