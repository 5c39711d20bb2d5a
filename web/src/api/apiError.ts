import type { Problem } from '../../../shared/contracts/problem';

/** The API said no, or said nothing: carries the problem as it is shown to people. */
export class ApiError extends Error {
  readonly problem: Problem;
  readonly status: number;
  readonly correlation: string;

  constructor(problem: Problem, status: number, correlation: string) {
    super(`${problem.code}: ${problem.why}`);
    this.name = 'ApiError';
    this.problem = problem;
    this.status = status;
    this.correlation = correlation;
  }
}
