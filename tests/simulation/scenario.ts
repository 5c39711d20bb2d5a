import fc from 'fast-check';
import { type Fault, KINDS, named, PLACES } from './world/faults';

/** A write of the shop: the transaction begins `at` seconds into the story and commits `open` seconds later. */
export interface PlannedWrite {
  readonly at: number;
  readonly id: string;
  readonly value: string;
  /** Marked as deleted. */
  readonly deleted: boolean;
  /** Removed without a trace. */
  readonly gone?: boolean;
  readonly open: number;
}

type Kind = 'http' | 'deletes' | 'file' | 'burst' | 'backfill' | 'replay' | 'rerun' | 'as-was' | 'maintain' | 'erase';

/**
 * Somebody starts a run: by hand, also to find what is gone at the source, by putting a file or several into landing, of
 * rows of the past, of a run once more, or for upkeep.
 */
export interface PlannedTrigger {
  readonly at: number;
  readonly kind: Kind;
  /** Whose row is replayed, or who is erased. */
  readonly id?: string;
}

/** A story: everything that happens around the app, and everything that goes wrong. */
export interface Scenario {
  /** Of all that chance decides: latencies, and how long outside work takes. */
  readonly chance: number;
  /** Precision of the cursor column in milliseconds. */
  readonly tick: 1 | 1000;
  readonly writes: readonly PlannedWrite[];
  readonly triggers: readonly PlannedTrigger[];
  readonly faults: readonly Fault[];
}

/** Seconds in which writes and triggers happen; what they set in motion takes as long as it takes. */
export const STORY_SECONDS = 75;

const write: fc.Arbitrary<PlannedWrite> = fc.record({
  at: fc.nat(STORY_SECONDS),
  id: fc.constantFrom('-1', '2', '9007199254740993', '4'),
  value: fc.constantFrom('a', 'b', 'bad'),
  deleted: fc.boolean(),
  gone: fc.nat(5).map((die) => die === 0),
  open: fc.oneof(fc.constant(0), fc.nat(40)),
});

const trigger: fc.Arbitrary<PlannedTrigger> = fc.record({
  at: fc.nat(STORY_SECONDS),
  kind: fc.constantFrom('http', 'http', 'deletes', 'file', 'burst', 'backfill', 'replay', 'rerun', 'as-was', 'erase'),
  id: fc.constantFrom('-1', '2', '4'),
});

const fault: fc.Arbitrary<Fault> = fc.record({
  place: fc.constantFrom(...PLACES),
  nth: fc.oneof(fc.nat(5), fc.nat(60)),
  kind: fc.constantFrom(...KINDS),
});

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  chance: fc.nat(),
  tick: fc.constantFrom(1, 1000),
  writes: fc.array(write, { maxLength: 8 }),
  triggers: fc.array(trigger, { minLength: 1, maxLength: 3 }),
  faults: fc.array(fault, { maxLength: 6 }),
});

const OF_ONE = new Set<Kind>(['replay', 'erase']);

/** A story in a few lines, for the report of a failure. */
export const told = ({ chance, tick, writes, triggers, faults }: Scenario): string =>
  [
    `chance ${chance}, tick ${tick} ms`,
    ...triggers.map(({ at, kind, id = '' }) => `${at} s: ${kind}${OF_ONE.has(kind) ? ` of ${id}` : ''}`),
    ...writes.map(({ at, id, value, deleted, gone, open }) => {
      const what = gone ? 'removed' : deleted ? 'deleted' : `= ${value}`;
      return `${at} s: user ${id} ${what}, committed ${open} s later`;
    }),
    ...faults.map(named),
  ].join('\n');
