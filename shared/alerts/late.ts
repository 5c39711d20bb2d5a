import type { Problem } from '../contracts/problem';
import { problem } from '../problem';
import { type Addressed, compose } from './letters';

/** A source or dataset that is older than it may be. */
export interface Late {
  readonly kind: 'source' | 'dataset';
  readonly of: string;
  readonly asOf: string;
  readonly limitHours: number;
}

/** One letter for all that is late for the same reason: since the same moment, under the same limit. */
export function lateLetters(late: readonly Late[], to: readonly string[], publicUrl: string): Addressed[] {
  const keys = new Set(late.map(keyOf));
  return [...keys].map((key) => {
    const some = late.filter((one) => keyOf(one) === key);
    const subject = `Tidemark is late: ${some.map(({ of }) => of).join(', ')}`;
    const page = some.some(({ kind }) => kind === 'source') ? 'sources' : 'datasets';
    return { key, letter: compose(subject, some.map(lateProblem), to, `${publicUrl}/#/${page}`, `Open the ${page}`) };
  });
}

const keyOf = ({ asOf, limitHours }: Late): string => `late/${asOf}/${limitHours}`;

const lateProblem = ({ kind, of, asOf, limitHours }: Late): Problem =>
  kind === 'source'
    ? problem(
        'SOURCE_STALE',
        of,
        `its last window was committed at ${asOf}; ${limitHours} hours are what it may take.`,
        'Look whether its runs fail, its files do not come, or its schedule does not run.',
      )
    : problem(
        'DATASET_STALE',
        of,
        `it holds what its sources had at ${asOf}; ${limitHours} hours are what it may be behind.`,
        'Look whether its sources are read and whether it is published; it is fresh again by itself then.',
      );
