import type { Problem } from './contracts/problem';

/** A failure that says what, where, why and what next. */
export class ProblemError extends Error {
  override readonly name: string = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(`${problem.code} at ${problem.where}: ${problem.why} ${problem.next}`.trim(), options);
    this.problem = problem;
  }
}

/** Another attempt may help: the outcome is unknown, or the service asked to wait. */
export class TransientError extends ProblemError {
  override readonly name: string = 'TransientError';
}

/** A pause, before which nothing is to be asked: a service wants it, or what it did is not to be seen yet. */
export class WaitError extends TransientError {
  override readonly name = 'WaitError';
  readonly seconds: number;
  /** How many such pauses one call may make; absent: as long as patience lasts. */
  readonly times: number | undefined;

  constructor(problem: Problem, seconds: number, options: { cause?: unknown; times?: number } = {}) {
    super(problem, options);
    this.seconds = seconds;
    this.times = options.times;
  }
}

/** The error that carries a problem of the outside. */
export const errorOf = (problem: Problem, cause: unknown): ProblemError =>
  new (problem.transient && !problem.once ? TransientError : ProblemError)(problem, { cause });

/** Something else is already there under the same name. */
export class ConflictError extends ProblemError {
  override readonly name = 'ConflictError';
}

/** A higher fence was handed out: this holder must stop writing. */
export class LeaseLostError extends ProblemError {
  override readonly name = 'LeaseLostError';
}
