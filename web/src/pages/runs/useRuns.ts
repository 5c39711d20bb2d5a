import { useEffect, useState } from 'preact/hooks';
import type { Run } from '../../../../shared/contracts/run';
import type { RunDetail, RunList } from '../../api/answers';
import { ApiError } from '../../api/apiError';
import { client } from '../../api/client';
import { type Answer, useAnswer } from '../../api/useAnswer';
import { isBehindGap, joined, openBehind, type SeenRuns } from './seenRuns';

const PAGE = 50;
const LIVE_PACE = 1000;
const IDLE_PACE = 5000;

interface Runs {
  readonly answer: Answer<readonly Run[]>;
  /** Loads the next older page; null when there is none. */
  readonly older: (() => Promise<void>) | null;
}

/** What is shown, and where older runs go on: undefined before the first page. */
interface Shown {
  readonly seen: SeenRuns;
  readonly next: string | null | undefined;
}

/** The newest runs, kept fresh, and as many older pages as were asked for; newest first. */
export function useRuns(): Runs {
  const [{ seen, next }, setShown] = useState<Shown>({ seen: new Map(), next: undefined });
  const [failure, setFailure] = useState<ApiError | null>(null);
  const newest = useAnswer<RunList>(`/runs?limit=${PAGE}`, ({ runs }) =>
    runs.some((run) => run.ended === null) ? LIVE_PACE : IDLE_PACE,
  );

  const asking = async (ask: () => Promise<void>) => {
    try {
      await ask();
      setFailure(null);
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      setFailure(cause);
    }
  };

  useEffect(() => {
    const page = newest.data;
    if (page === null) return;
    const gap = isBehindGap(seen, page);
    setShown((before) => ({
      seen: joined(gap ? new Map() : before.seen, page.runs),
      next: gap || before.next === undefined ? page.next : before.next,
    }));
    const open = gap ? [] : openBehind(seen, page);
    if (open.length === 0) return;
    void asking(async () => {
      const looked = await Promise.all(open.map((run) => client.get<RunDetail>(`/runs/${encodeURIComponent(run)}`)));
      const runs = looked.map(({ run }) => run);
      // Unless a gap has come meanwhile.
      setShown((before) => ({
        ...before,
        seen: joined(
          before.seen,
          runs.filter(({ run }) => before.seen.has(run)),
        ),
      }));
    });
  }, [newest.data]);

  const older = () =>
    asking(async () => {
      const page = await client.get<RunList>(`/runs?limit=${PAGE}&before=${encodeURIComponent(next ?? '')}`);
      setShown((before) =>
        // Behind a gap that has come meanwhile it does not go on from what is shown.
        before.next === next ? { seen: joined(before.seen, page.runs), next: page.next } : before,
      );
    });

  const runs = [...seen.values()].sort((a, b) => (a.run < b.run ? 1 : -1));
  return {
    answer: { data: next === undefined ? null : runs, error: newest.error ?? failure },
    older: next ? older : null,
  };
}
