import fc from 'fast-check';
import { type Fault, KINDS, named, PLACES } from './world/faults';

/** A write of the shop: the transaction begins `at` seconds into the story and commits `open` seconds later. */
export interface PlannedWrite {
  readonly at: number;
  readonly id: string;
  readonly value: string;
  readonly deleted: boolean;
  readonly open: number;
}

/** Somebody starts a run: by hand, by putting a file or several into landing, of rows of the past, or for upkeep. */
export interface PlannedTrigger {
  readonly at: number;
  readonly kind: 'http' | 'file' | 'burst' | 'backfill' | 'replay' | 'maintain' | 'erase';
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
  open: fc.oneof(fc.constant(0), fc.nat(40)),
});

const trigger: fc.Arbitrary<PlannedTrigger> = fc.record({
  at: fc.nat(STORY_SECONDS),
  kind: fc.constantFrom('http', 'http', 'file', 'burst', 'backfill', 'replay'),
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

/** A story in a few lines, for the report of a failure. */
export const told = ({ chance, tick, writes, triggers, faults }: Scenario): string =>
  [
    `chance ${chance}, tick ${tick} ms`,
    ...triggers.map(({ at, kind }) => `${at} s: ${kind}`),
    ...writes.map(({ at, id, value, deleted, open }) => {
      const what = deleted ? 'deleted' : `= ${value}`;
      return `${at} s: user ${id} ${what}, committed ${open} s later`;
    }),
    ...faults.map(named),
  ].join('\n');
