import type { Problem } from '../../../shared/contracts/problem';
import { Icon } from './Icon';

/** What failed, where, why and what to do next. */
export const ProblemCard = ({ problem, correlation = '' }: { problem: Problem; correlation?: string }) => (
  <article class="problem">
    <h3>
      <Icon name="cross" />
      <code>{problem.code}</code>
      {problem.transient && <span class="tag">may pass by itself</span>}
    </h3>
    <p>
      <strong>{problem.where}:</strong> {problem.why}
    </p>
    <p>
      <span class="quiet">Next:</span> {problem.next}
    </p>
    {correlation !== '' && (
      <p class="quiet small">
        Correlation <code>{correlation}</code>
      </p>
    )}
  </article>
);
