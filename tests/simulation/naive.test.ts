import { expect, test } from 'vitest';
import type { Lease } from '../../shared/contracts/window';
import type { Ports } from '../../shared/ports/ports';
import type { Invariant } from './checks/findings';
import { firstBroken } from './ring';
import { type Scenario, scenario } from './scenario';
import type { Twist } from './simulate';
import { lostAt, ports } from './twists';

// A pipeline as most people would write it. It exists here alone, and must not come through.

/** Upper bound: the newest row that is seen. What is still open below it is lost. */
const maxCursor: Twist = { upper: 'newest' };

/** Whoever asks may write, whoever else is at it. */
function noLease(): Twist {
  const handed = new Map<string, Lease>();
  return ports(({ ledger }) => ({
    ledger: {
      ...ledger,
      async acquire(source, run, seconds) {
        const answer = await ledger.acquire(source, run, seconds);
        if (answer.kind === 'held') handed.set(source, answer.lease);
        const others = handed.get(source);
        return answer.kind === 'busy' && others ? { kind: 'held', lease: others } : answer;
      },
    },
  }));
}

/**
 * A copy whose start went wrong is started again, and nobody looks whether the first one runs. Alone it does no harm any
 * more: both write the same rows of the same bounds into the folder of one attempt.
 */
function blindRetry(): Twist {
  let tries = 0;
  const again = ports(({ factory }) => ({
    factory: {
      ...factory,
      start: (pipeline, parameters, key, since) => {
        tries += 1;
        return factory.start(pipeline, parameters, `${key}#${tries}`, since);
      },
    },
  }));
  return { ...again, faults: lostAt('factory.create') };
}

function naive(): Twist {
  const [lease, retry] = [noLease(), blindRetry()];
  const both = (own: Ports, run: string): Ports => {
    const leased = lease.app?.ports?.(own, run) ?? own;
    return retry.app?.ports?.(leased, run) ?? leased;
  };
  return { ...maxCursor, ...retry, app: { ports: both } };
}

/** Somebody writes for long, and somebody else meanwhile. */
const slow = scenario.map(
  (story): Scenario => ({
    ...story,
    writes: [
      { at: 2, id: '4', value: 'a', deleted: false, open: 60 },
      { at: 10, id: '-1', value: 'b', deleted: false, open: 0 },
    ],
  }),
);

const ingredients: readonly [name: string, twist: () => Twist, breaks: readonly Invariant[], among: typeof scenario][] =
  [
    ['MAX(cursor) as the upper bound', () => maxCursor, ['C1'], slow],
    ['no lease', noLease, ['C4'], scenario],
    ['all of them together', naive, ['C1', 'C4', 'C7', 'C8'], scenario],
  ];

test.each(ingredients)('the naive pipeline is caught by %s', async (_name, twist, breaks, among) => {
  const broken = await firstBroken(twist(), breaks, 150, among);
  expect(
    breaks.some((one) => broken.includes(one)),
    `broken: ${broken.join(', ')}`,
  ).toBe(true);
});
