import { isFailure } from './fold/step';
import type { Instance, Message } from './model';

/** Decides when an orchestrator has to run again; every run replays its whole history, so idle runs are what costs. */
export interface Wake {
  /** True when this message may let the orchestrator go on. Ask once per message. */
  unblockedBy(message: Message): boolean;
  /** Blocked on `Task.all`: completions are then delivered in descending order, which the library scans faster. */
  readonly isAll: boolean;
}

const always: Wake = { unblockedBy: () => true, isAll: false };

/**
 * The wake state after a run. The last awaitable action is what the orchestrator is blocked on while that action is
 * incomplete. If it is complete, the orchestrator awaits something which the list does not show, and any message counts.
 */
export function wakeAfter(instance: Instance): Wake {
  const last = instance.positions.findLast(({ awaits }) => awaits !== 'nothing');
  if (last === undefined || last.awaits === 'any change') return always;
  const pending = pendingRoots(instance);
  const ids = last.ids.filter((id) => id !== null);
  const missing = new Set(ids.filter((id) => pending.has(id)));
  if (last.awaits === 'all') {
    return missing.size === 0 || ids.some((id) => instance.failed.has(id)) ? always : untilAll(missing);
  }
  return missing.size < new Set(ids).size ? always : untilAny(missing);
}

function untilAll(missing: Set<number>): Wake {
  return {
    isAll: true,
    unblockedBy: (message) => {
      if (message.kind === 'event' || !missing.delete(message.of.root)) return false;
      return missing.size === 0 || isFailure(message);
    },
  };
}

const untilAny = (missing: ReadonlySet<number>): Wake => ({
  isAll: false,
  unblockedBy: (message) => message.kind === 'task' && missing.has(message.of.root),
});

function pendingRoots({ open, inbox, retries }: Instance): Set<number> {
  const roots = new Set<number>();
  for (const { root } of open.values()) roots.add(root);
  for (const message of [...inbox, ...retries]) if (message.kind === 'task') roots.add(message.of.root);
  return roots;
}

/** Order of delivery as places in the inbox, or the plain count for order of arrival. */
export function deliveryOrder(inbox: readonly Message[], wake: Wake): number | number[] {
  if (!wake.isAll) return inbox.length;
  const id = (place: number): number => {
    const message = inbox[place];
    return message?.kind === 'task' ? message.id : -1;
  };
  return inbox.map((_, place) => place).sort((a, b) => id(b) - id(a) || a - b);
}

export const unknownWake = always;
