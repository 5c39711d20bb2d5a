/** At most `count` calls within any `seconds`. */
export interface Limit {
  readonly count: number;
  readonly seconds: number;
}

/** Spends a call and answers 0, or spends nothing and answers the milliseconds until the next one may go. */
export function pace(limits: readonly Limit[], now: () => number): () => number {
  const most = Math.max(0, ...limits.map(({ count }) => count));
  let sent: number[] = [];
  return () => {
    const at = now();
    const waits = limits.map(({ count, seconds }) => {
      const oldest = sent.at(-count);
      return oldest === undefined ? 0 : oldest + seconds * 1000 - at;
    });
    const wait = Math.max(0, ...waits);
    if (wait === 0) sent = [...sent, at].slice(-most);
    return wait;
  };
}
