import type { Letter } from './mail';

/** A letter that must be sent at least once and not twice; kept until the service has taken it. */
export interface OutboxEntry {
  readonly key: string;
  readonly letter: Letter;
  readonly queued: string;
  readonly sent: string | null;
}

export interface Outbox {
  /** Repeating a key is a no-op. */
  queue(key: string, letter: Letter): Promise<void>;
  pending(limit: number): Promise<OutboxEntry[]>;
  sent(key: string): Promise<void>;
  list(limit: number): Promise<OutboxEntry[]>;
}
