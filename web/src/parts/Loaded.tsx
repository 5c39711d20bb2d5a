import type { ComponentChildren } from 'preact';
import type { Answer } from '../api/useAnswer';
import { ProblemCard } from './ProblemCard';

interface Props<T> {
  readonly answer: Answer<T>;
  readonly children: (data: T) => ComponentChildren;
}

/** The page while it loads, when it cannot be loaded, and when what it shows is older than it should be. */
export function Loaded<T>({ answer, children }: Props<T>) {
  const { data, error } = answer;
  return (
    <>
      {error !== null && (
        <div role="alert" class="stack">
          {data !== null && <p class="quiet">What stands below was read before this failure.</p>}
          <ProblemCard problem={error.problem} correlation={error.correlation} />
        </div>
      )}
      {data === null && error === null && <p class="loading quiet">Loading…</p>}
      {data !== null && children(data)}
    </>
  );
}
