import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/**
 * One planned misbehaviour. `match` is `METHOD /path-prefix` (`*` for any method); it strikes `times` times, an
 * `outage` until `ms` have passed or the plan is cleared. `drop-after` acts and then loses the reply.
 */
const Fault = z.strictObject({
  match: z.string().regex(/^(\*|[A-Z]+) \/\S*$/, 'write it as "METHOD /path-prefix"'),
  kind: z.enum(['status', 'drop-before', 'drop-after', 'delay', 'outage']),
  times: z.int().positive().default(1),
  status: z.int().min(400).max(599).default(503),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
  ms: z.int().nonnegative().default(0),
});
export type Fault = z.infer<typeof Fault>;
export const Faults = z.array(Fault);

/** The faults that a server still has to commit; kept in memory, so a restart heals everything. */
export interface FaultPlan {
  add(faults: readonly Fault[]): void;
  list(): readonly Fault[];
  clear(): void;
  /** The fault for this request, counted down, or nothing. */
  take(method: string, target: string): Fault | undefined;
}

export function faultPlan(now: () => number = Date.now): FaultPlan {
  let planned: { fault: Fault; left: number; until: number }[] = [];
  const alive = () => planned.filter((p) => p.left > 0 && p.until > now());
  return {
    add(faults) {
      for (const fault of faults) {
        const outage = fault.kind === 'outage';
        const until = outage && fault.ms > 0 ? now() + fault.ms : Number.POSITIVE_INFINITY;
        planned.push({ fault, left: outage ? Number.POSITIVE_INFINITY : fault.times, until });
      }
    },
    list: () => alive().map(({ fault, left }) => ({ ...fault, times: Number.isFinite(left) ? left : fault.times })),
    clear() {
      planned = [];
    },
    take(method, target) {
      planned = alive();
      const hit = planned.find(({ fault }) => matches(fault.match, method, target));
      if (hit) hit.left -= 1;
      return hit?.fault;
    },
  };
}

function matches(rule: string, method: string, target: string): boolean {
  const [verb, prefix = '/'] = rule.split(' ');
  return (verb === '*' || verb === method) && target.startsWith(prefix);
}

/**
 * Plays a fault around `act`.
 * @returns what to answer, or `drop` when the caller must cut the connection
 */
export async function commit<R>(fault: Fault | undefined, act: () => Promise<R>): Promise<R | Fault | 'drop'> {
  switch (fault?.kind) {
    case 'status':
      return fault;
    case 'drop-before':
    case 'outage':
      return 'drop';
    case 'drop-after':
      await act();
      return 'drop';
    case 'delay':
      await sleep(fault.ms);
      return act();
    default:
      return act();
  }
}
