import fc from 'fast-check';
import { expect, test } from 'vitest';
import { activities } from '../../activities/all';
import type { Implemented } from '../../activities/implement';
import { orchestrations } from '../../orchestrators/all';
import { call, type Orchestration } from '../../orchestrators/call';
import { closeErasure, ErasureRequest } from '../../shared/contracts/erasure';
import type { Invariant } from './checks/findings';
import { firstBroken } from './ring';
import type { Scenario } from './scenario';
import type { Twist } from './simulate';
import { ports } from './twists';

/** Whoever erases holds the source, whoever else does. */
const leaseless = (): Twist =>
  ports(({ runs, ledger }) => ({
    ledger: {
      ...ledger,
      async acquire(source, run, seconds) {
        const erases = (await runs.get(run))?.upkeep?.kind === 'erasure';
        if (erases) return { kind: 'held', lease: { source, holder: run, fence: '0' } };
        return ledger.acquire(source, run, seconds);
      },
      renew: async (lease, seconds) => (lease.fence === '0' ? undefined : ledger.renew(lease, seconds)),
      release: async (lease) => (lease.fence === '0' ? undefined : ledger.release(lease)),
    },
  }));

/** The record says that a person was erased before anything is. */
const early = (): Twist => ({
  app: {
    orchestrations: orchestrations.map((one): Orchestration<unknown, unknown> => {
      if (one.name !== 'eraseSubject') return one;
      return {
        ...one,
        *run(context, input) {
          yield* call(context, closeErasure, { request: ErasureRequest.parse(input), parts: [] });
          return yield* one.run(context, input);
        },
      };
    }),
  },
});

/** An activity that does nothing, and answers as if there were nothing to do. */
const idle = (name: string, answer: unknown): Twist => ({
  app: {
    activities: activities.map(
      (one): Implemented => (one.name === name ? { ...one, handler: () => async () => answer } : one),
    ),
  },
});

type Story = Partial<Pick<Scenario, 'writes' | 'faults' | 'triggers'>>;
const late = (nth: number): Scenario['faults'] => [{ place: 'notebooks.work', nth, kind: 'late' }];
/** A user changes who was erased by then. */
const changed = { at: 60, id: '2', value: 'b', deleted: false, open: 0 };

/** What goes wrong, and the story that it shows in: a run at its start, an erasure, and more. */
const planted: readonly [fault: string, twist: () => Twist, breaks: Invariant[], story: Story][] = [
  [
    'nobody looks at the ledger of the erased when a window is merged',
    () => ({ slip: 'nobody looks at the door' }),
    ['E2'],
    { writes: [changed] },
  ],
  ['bronze is left out', () => ({ slip: 'bronze is left' }), ['E1'], {}],
  ['it does not wait for the lease of the source', leaseless, ['E1', 'E2'], { faults: late(1) }],
  [
    'it does not wait for the lanes beside',
    () => idle('awaitLanes', { kind: 'clear' }),
    ['E1', 'E2'],
    { triggers: [{ at: 0, kind: 'backfill' }], faults: late(1) },
  ],
  [
    'it does not wait for those who publish what they read before',
    () => idle('awaitRuns', { kind: 'clear' }),
    ['E1', 'E2'],
    { faults: late(4) },
  ],
  ['its record is written before the rows are gone', early, ['E1'], {}],
  [
    'copies that no manifest names stay',
    () => idle('dropCopies', []),
    ['E1'],
    { faults: [{ place: 'factory.work', nth: 2, kind: 'lost' }] },
  ],
  ['older forms of gold stay', () => idle('dropForms', []), ['E1'], {}],
];

/** A story under every chance: when the erasure is asked for is one of them. */
const erasing = (story: Story): fc.Arbitrary<Scenario> =>
  fc.nat().map((chance) => ({
    chance,
    tick: 1,
    writes: [],
    faults: [],
    ...story,
    triggers: [...(story.triggers ?? [{ at: 0, kind: 'http' }]), { at: 20 + (chance % 50), kind: 'erase', id: '2' }],
  }));

test.each(planted)('an erasure is found out when %s', async (_fault, twist, breaks, story) => {
  const broken = await firstBroken(twist(), breaks, 40, erasing(story));
  expect(
    breaks.some((one) => broken.includes(one)),
    `broken: ${broken.join(', ')}`,
  ).toBe(true);
});

test.each(planted)('no promise is broken in the story that shows when %s', async (_fault, _twist, _breaks, story) => {
  expect(await firstBroken({}, [], 5, erasing(story))).toEqual([]);
});
