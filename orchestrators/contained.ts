import type { Problem } from '../shared/contracts/problem';
import { problemOf } from '../shared/problem';
import type { Steps } from './call';

/**
 * Does a piece of work that harms no other: what goes wrong with it becomes its report.
 * @param of what the work is about, where an unknown error does not say
 */
export function* contained<R>(of: string, body: () => Steps<R>, failed: (problem: Problem) => R): Steps<R> {
  try {
    return yield* body();
  } catch (error) {
    return failed(problemOf(error, of));
  }
}
