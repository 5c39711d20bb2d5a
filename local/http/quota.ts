/** At most `count` acts within any `seconds`. */
export interface Limit {
  readonly count: number;
  readonly seconds: number;
}

/** A sliding-window quota over one or several limits. */
export interface Quota {
  /** Spends one act and answers 0, or spends nothing and answers the seconds to wait. */
  spend(): number;
}

/** @param spent times in epoch milliseconds of acts that already count, oldest first */
export function quota(limits: readonly Limit[], spent: readonly number[] = [], now: () => number = Date.now): Quota {
  const longest = Math.max(0, ...limits.map((limit) => limit.seconds)) * 1000;
  let acts = [...spent];
  return {
    spend() {
      const at = now();
      acts = acts.filter((act) => act > at - longest);
      const waits = limits.map((limit) => {
        const oldestThatCounts = acts.at(-limit.count);
        return oldestThatCounts === undefined ? 0 : oldestThatCounts + limit.seconds * 1000 - at;
      });
      const wait = Math.max(0, ...waits);
      if (wait === 0) acts.push(at);
      return Math.ceil(wait / 1000);
    },
  };
}
