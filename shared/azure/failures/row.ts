import type { ProblemCode } from '../../contracts/problem';

/** `unknown`: the effect may have happened, so look before doing it again. */
export type FailureClass = 'transient' | 'permanent' | 'unknown';

/** One kind of outside failure. The first row of its table that fits an error speaks for it; the last row fits all. */
export interface FailureRow {
  readonly name: string;
  readonly status?: readonly number[];
  /** Fits the code and the text. */
  readonly sign?: RegExp;
  readonly is: FailureClass;
  /** `denied` and `unreachable` are the origin's own codes; absent: the origin's general one. */
  readonly code?: ProblemCode | 'denied' | 'unreachable';
  readonly next: string;
}

export const WAIT = 'It is tried again by itself. If it stays, look at the health of the service.';
export const READ = 'Read the error in the monitor of the service, cure it, and run again.';

/** Words of a network that failed, in the texts of services and drivers. */
export const NETWORK =
  /ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE|connection (was )?(refused|reset|timed out|closed|aborted)|actively refused|no route to host|socket hang up|network error/i;
