import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from './apiError';
import { client } from './client';

export interface Answer<T> {
  readonly data: T | null;
  /** Why the newest attempt failed; the data of the one before stays. */
  readonly error: ApiError | null;
}

const LONGEST_WAIT = 30_000;

/** Resolves once the tab is looked at: a hidden one asks for nothing. */
const looked = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (!document.hidden) return resolve();
    document.addEventListener('visibilitychange', () => resolve(), { once: true, signal });
  });

/** Asks for `path` now and again after `pace(answer)` milliseconds (null: no more); failures back off to 30 s. */
export function useAnswer<T>(path: string | null, pace: (answer: T) => number | null): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ data: null, error: null });
  const paceNow = useRef(pace);
  paceNow.current = pace;

  useEffect(() => {
    setAnswer({ data: null, error: null });
    if (path === null) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;

    const after = (wait: number | null) => {
      if (wait !== null && !abort.signal.aborted) timer = setTimeout(() => void looked(abort.signal).then(ask), wait);
    };
    const ask = async () => {
      try {
        const data = await client.get<T>(path, abort.signal);
        if (abort.signal.aborted) return;
        failures = 0;
        setAnswer({ data, error: null });
        after(paceNow.current(data));
      } catch (cause) {
        if (abort.signal.aborted) return;
        if (!(cause instanceof ApiError)) throw cause;
        failures += 1;
        setAnswer((before) => ({ data: before.data, error: cause }));
        after(cause.status === 401 ? null : Math.min(LONGEST_WAIT, 1000 * 2 ** (failures - 1)));
      }
    };
    void ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [path]);

  return answer;
}
