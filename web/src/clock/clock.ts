const TICK = 1000;
/** `Date` has whole seconds and the answer was under way for a while: smaller differences mean nothing. */
const TOLERATED = 3000;

const listeners = new Set<() => void>();
let offset = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The server's clock, so that ages are right on a machine whose own clock is not. Milliseconds since 1970. */
export const clock = {
  now: (): number => Date.now() + offset,
  follow(date: string | null): void {
    const server = Date.parse(date ?? '');
    if (Number.isNaN(server)) return;
    if (Math.abs(server - clock.now()) > TOLERATED) offset = server - Date.now();
  },
  /** Calls `listener` each second until the returned function is called; one timer serves all. */
  watch(listener: () => void): () => void {
    listeners.add(listener);
    timer ??= setInterval(() => {
      for (const each of listeners) each();
    }, TICK);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  },
};
