/**
 * What can go wrong where the app meets the outside:
 * `refused` before the effect; `lost` after it, with the answer gone; `echo` after it, and an SDK that sends again;
 * `late` the answer takes longer than a lease; `crash before` and `crash after` the host dies around the effect.
 */
export const KINDS = ['refused', 'lost', 'echo', 'late', 'crash before', 'crash after'] as const;
export type FaultKind = (typeof KINDS)[number];

/** The places where faults strike: every call of the app that leaves the process, and the work that others do for it. */
export const PLACES = [
  'ledger.read',
  'ledger.change',
  'tables.read',
  'tables.change',
  'lake.list',
  'lake.read',
  'lake.range',
  'lake.putOnce',
  'lake.keep',
  'lake.marked',
  'lake.move',
  'lake.remove',
  'factory.create',
  'factory.query',
  'factory.get',
  'factory.work',
  'factory.tell',
  'notebooks.start',
  'notebooks.look',
  'notebooks.work',
  'mail.send',
  'client.startNew',
  'host',
] as const;
export type Place = (typeof PLACES)[number];

/** The `nth` time (from 0) that this place is passed, it goes wrong. */
export interface Fault {
  readonly place: Place;
  readonly nth: number;
  readonly kind: FaultKind;
}

export interface Faults {
  /** What goes wrong now at this place. */
  strike(place: Place): FaultKind | null;
  /** No fault strikes any more. */
  stop(): void;
  /** Those that did strike. */
  readonly struck: readonly Fault[];
}

export function faults(planned: readonly Fault[]): Faults {
  const passed = new Map<Place, number>();
  const struck: Fault[] = [];
  let stopped = false;
  return {
    struck,
    stop() {
      stopped = true;
    },
    strike(place) {
      const nth = passed.get(place) ?? 0;
      passed.set(place, nth + 1);
      const fault = stopped ? undefined : planned.find((one) => one.place === place && one.nth === nth);
      if (fault) struck.push(fault);
      return fault?.kind ?? null;
    },
  };
}

export const named = ({ kind, place, nth }: Fault): string => `${kind} at ${place} #${nth}`;
