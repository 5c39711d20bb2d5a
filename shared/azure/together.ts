import { setTimeout as sleep } from 'node:timers/promises';

/** Questions that come within this time are asked together. */
const GATHER_MS = 50;

/**
 * Whether one of many outside runs still runs, asked for all of them at once: one list serves every question that comes
 * while it is fresh. A single run is not worth a list, nor is one that the list does not show: it is looked at itself.
 * @param list those of the given runs that are under way; it may leave some out
 */
export function together(
  list: (runs: ReadonlySet<string>) => Promise<ReadonlySet<string>>,
  freshMs: number,
  now: () => number,
): (run: string) => Promise<boolean> {
  let seen: { at: number; running: ReadonlySet<string> } | null = null;
  let asking: { runs: Set<string>; running: Promise<ReadonlySet<string>> } | null = null;
  const ask = async (runs: ReadonlySet<string>): Promise<ReadonlySet<string>> => {
    await sleep(GATHER_MS);
    asking = null;
    if (runs.size === 1) return new Set();
    const at = now();
    const running = await list(runs);
    seen = { at, running };
    return running;
  };
  return async (run) => {
    if (seen?.running.has(run) && now() - seen.at < freshMs) return true;
    if (!asking) {
      const runs = new Set<string>();
      asking = { runs, running: ask(runs) };
    }
    asking.runs.add(run);
    return (await asking.running).has(run);
  };
}
