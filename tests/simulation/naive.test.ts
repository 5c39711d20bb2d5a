import { expect, test } from 'vitest';
import type { Lease } from '../../shared/contracts/window';
import type { Invariant } from './checks/findings';
import { firstBroken } from './ring';
import type { Twist } from './simulate';
import { ports } from './twists';

// A pipeline as most people would write it. It exists here alone, and must not come through.

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

const ingredients: readonly [name: string, twist: () => Twist, breaks: readonly Invariant[]][] = [
  ['no lease', noLease, ['C4']],
];

test.each(ingredients)('the naive pipeline is caught by %s', async (_name, twist, breaks) => {
  const broken = await firstBroken(twist(), breaks, 150);
  expect(
    breaks.some((one) => broken.includes(one)),
    `broken: ${broken.join(', ')}`,
  ).toBe(true);
});
