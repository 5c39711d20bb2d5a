import type { Decision } from '../../shared/contracts/quarantine';
import type { Decisions } from '../../shared/ports/decisions';

/** Decisions in memory. */
export function fakeDecisions(): Decisions {
  const held = new Map<string, Map<string, Decision>>();
  const of = (source: string, window: string) => held.get(`${source}.${window}`) ?? new Map<string, Decision>();
  return {
    of: async (source, window) => new Map(of(source, window)),
    put: async (source, window, decisions) => {
      held.set(`${source}.${window}`, new Map([...of(source, window), ...decisions]));
    },
  };
}
