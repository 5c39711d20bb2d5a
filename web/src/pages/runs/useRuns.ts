import { useEffect, useRef, useState } from 'preact/hooks';
import type { Run } from '../../../../shared/contracts/run';
import type { RunList } from '../../api/answers';
import { ApiError } from '../../api/apiError';
import { client } from '../../api/client';
import { type Answer, useAnswer } from '../../api/useAnswer';

const PAGE = 50;
const LIVE_PACE = 1000;
const IDLE_PACE = 5000;

interface Runs {
  readonly answer: Answer<readonly Run[]>;
  /** Loads the next older page; null when there is none. */
  readonly older: (() => Promise<void>) | null;
}

/** The newest runs, kept fresh, and as many older pages as were asked for; newest first. */
export function useRuns(): Runs {
  const seen = useRef(new Map<string, Run>());
  const [next, setNext] = useState<string | null | undefined>(undefined);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const newest = useAnswer<RunList>(`/runs?limit=${PAGE}`, ({ runs }) =>
    runs.some((run) => run.ended === null) ? LIVE_PACE : IDLE_PACE,
  );
  for (const run of newest.data?.runs ?? []) seen.current.set(run.run, run);

  useEffect(() => {
    if (newest.data !== null) setNext((before) => (before === undefined ? newest.data?.next : before));
  }, [newest.data]);

  const older = async () => {
    try {
      const page = await client.get<RunList>(`/runs?limit=${PAGE}&before=${encodeURIComponent(next ?? '')}`);
      for (const run of page.runs) seen.current.set(run.run, run);
      setFailure(null);
      setNext(page.next);
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      setFailure(cause);
    }
  };

  const runs = [...seen.current.values()].sort((a, b) => (a.run < b.run ? 1 : -1));
  return {
    answer: { data: newest.data === null ? null : runs, error: newest.error ?? failure },
    older: next ? older : null,
  };
}
