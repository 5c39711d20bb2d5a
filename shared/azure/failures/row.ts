import type { ProblemCode } from '../../contracts/problem';

/**
 * `transient` passes by itself, `permanent` does not. `unknown` is one that may have had its effect all the same, so that
 * it is looked for before anything is done again; or one that no row knows.
 */
export type FailureClass = 'transient' | 'permanent' | 'unknown';

/** One kind of outside failure. The first row of its table that fits an error speaks for it; the last row fits all. */
export interface FailureRow {
  readonly name: string;
  readonly status?: readonly number[];
  /** Fits the code and the text. */
  readonly sign?: RegExp;
  readonly is: FailureClass;
  /** Tried once more and not oftener: nobody can say that it passes. */
  readonly once?: true;
  /** `denied` and `unreachable` are the origin's own codes; absent: the origin's general one. */
  readonly code?: ProblemCode | 'denied' | 'unreachable';
  readonly next: string;
}

export const WAIT = 'It is tried again by itself. If it stays, look at the health of the service.';
export const ONCE =
  'It was tried once more, in vain. Read the error in the monitor of the service, cure it, and run again.';
export const READ = 'Read the error in the monitor of the service, cure it, and run again.';

/** Words of a network that failed, in the texts of services and drivers. */
export const NETWORK =
  /ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE|connection (was )?(refused|reset|timed out|closed|aborted)|actively refused|no route to host|socket hang up|network error/i;

/** Words of a service that has enough to do, or of a limit that it publishes. */
export const BUSY =
  /\b(TEMPORARILY_UNAVAILABLE|REQUEST_LIMIT_EXCEEDED|RESOURCE_EXHAUSTED|TooManyRequests|ServerBusy)\b|throttl|exceeding rate limit|\bqueued runs\b|concurrent activity/i;

/** What no other row knows. */
export const REST: FailureRow = { name: 'anything else', is: 'unknown', once: true, next: ONCE };
