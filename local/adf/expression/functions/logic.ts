import type { Value } from '../value';
import { count, truth } from './args';
import { order, same } from './compare';
import type { Evaluated } from './functions';

type Lazy = (args: Evaluated[]) => Value;

const compare =
  (name: string, decide: (order: number) => boolean): Lazy =>
  (args) => {
    count(name, args, 2);
    const [a, b] = args.map((arg) => arg()) as [Value, Value];
    return decide(order(name, a, b));
  };

/** `and`, `or`, `if` and `coalesce` look at no more arguments than they need. */
export const logic: Record<string, Lazy> = {
  and: (args) => {
    count('and', args, 1, Number.POSITIVE_INFINITY);
    return args.every((arg) => truth('and', arg()));
  },
  or: (args) => {
    count('or', args, 1, Number.POSITIVE_INFINITY);
    return args.some((arg) => truth('or', arg()));
  },
  not: (args) => {
    count('not', args, 1);
    return !truth('not', args[0]?.());
  },
  if: (args) => {
    count('if', args, 3);
    const branch = truth('if', args[0]?.()) ? args[1] : args[2];
    return branch?.() ?? null;
  },
  coalesce: (args) => {
    count('coalesce', args, 1, Number.POSITIVE_INFINITY);
    for (const arg of args) {
      const value = arg();
      if (value !== null) return value;
    }
    return null;
  },
  equals: (args) => {
    count('equals', args, 2);
    const [a, b] = args.map((arg) => arg()) as [Value, Value];
    return same(a, b);
  },
  greater: compare('greater', (o) => o > 0),
  greaterOrEquals: compare('greaterOrEquals', (o) => o >= 0),
  less: compare('less', (o) => o < 0),
  lessOrEquals: compare('lessOrEquals', (o) => o <= 0),
};
