/** Virtual time: what is due next happens next, and nothing happens in between. */
export interface Time {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs the job at that time; the past is now. @returns takes the job back */
  at(ms: number, job: () => void): () => void;
  after(ms: number, job: () => void): () => void;
  /** Lets time pass until the condition holds or the limit is reached. @returns whether it holds */
  run(until: () => boolean, limit: number): Promise<boolean>;
}

interface Due {
  readonly ms: number;
  readonly order: number;
  job: (() => void) | null;
}

/** A turn of the event loop: everything that promises can do by themselves is done behind it. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function virtualTime(start: number): Time {
  const heap: Due[] = [];
  let clock = start;
  let order = 0;
  const at = (ms: number, job: () => void): (() => void) => {
    order += 1;
    const due: Due = { ms: Math.max(ms, clock), order, job };
    push(heap, due);
    return () => {
      due.job = null;
    };
  };
  return {
    now: () => clock,
    at,
    after: (ms, job) => at(clock + ms, job),
    async run(until, limit) {
      await settled();
      while (!until()) {
        const due = pop(heap);
        if (!due || due.ms > limit) {
          if (due) push(heap, due);
          return false;
        }
        if (due.job === null) continue;
        clock = due.ms;
        due.job();
        await settled();
      }
      return true;
    },
  };
}

const before = (a: Due, b: Due): boolean => a.ms < b.ms || (a.ms === b.ms && a.order < b.order);

function push(heap: Due[], due: Due): void {
  heap.push(due);
  for (let at = heap.length - 1; at > 0; ) {
    const up = (at - 1) >> 1;
    if (!swapIf(heap, at, up)) return;
    at = up;
  }
}

function pop(heap: Due[]): Due | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (!first || !last || heap.length === 0) return first;
  heap[0] = last;
  for (let at = 0; ; ) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    const child = isBefore(heap, right, left) ? right : left;
    if (!swapIf(heap, child, at)) return first;
    at = child;
  }
}

const isBefore = (heap: Due[], a: number, b: number): boolean => {
  const [x, y] = [heap[a], heap[b]];
  return x !== undefined && y !== undefined && before(x, y);
};

/** Puts the lower one up when it is due earlier. */
function swapIf(heap: Due[], low: number, up: number): boolean {
  const [x, y] = [heap[low], heap[up]];
  if (!x || !y || !before(x, y)) return false;
  [heap[low], heap[up]] = [y, x];
  return true;
}
