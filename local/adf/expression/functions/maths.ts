import { ExpressionError, type Value } from '../value';
import { count, integer, list, numeric } from './args';
import type { Plain } from './functions';

interface Rule {
  readonly whole: (a: bigint, b: bigint) => bigint;
  readonly float: (a: number, b: number) => number;
}

/** Two integers stay an integer and must fit into 64 bits; one float makes the result a float. */
const arithmetic =
  (name: string, rule: Rule): Plain =>
  (...args) => {
    count(name, args, 2);
    const [a, b] = [numeric(name, args[0]), numeric(name, args[1])];
    if ((name === 'div' || name === 'mod') && Number(b) === 0)
      throw new ExpressionError(`the function '${name}' was asked to divide by zero`);
    if (typeof a !== 'bigint' || typeof b !== 'bigint') return rule.float(Number(a), Number(b));
    const result = rule.whole(a, b);
    if (BigInt.asIntN(64, result) !== result) throw new ExpressionError(`the result of '${name}' overflows 64 bits`);
    return result;
  };

const extreme =
  (name: string, better: (a: bigint | number, b: bigint | number) => boolean): Plain =>
  (...args) => {
    const values = args.length === 1 && Array.isArray(args[0]) ? list(name, args[0]) : args;
    count(name, values, 1, Number.POSITIVE_INFINITY);
    return values.map((value) => numeric(name, value)).reduce((best, value) => (better(value, best) ? value : best));
  };

export const maths: Record<string, Plain> = {
  add: arithmetic('add', { whole: (a, b) => a + b, float: (a, b) => a + b }),
  sub: arithmetic('sub', { whole: (a, b) => a - b, float: (a, b) => a - b }),
  mul: arithmetic('mul', { whole: (a, b) => a * b, float: (a, b) => a * b }),
  div: arithmetic('div', { whole: (a, b) => a / b, float: (a, b) => a / b }),
  mod: arithmetic('mod', { whole: (a, b) => a % b, float: (a, b) => a % b }),
  max: extreme('max', (a, b) => a > b),
  min: extreme('min', (a, b) => a < b),
  rand: (...args): Value => {
    count('rand', args, 2);
    const [low, high] = [integer('rand', args[0]), integer('rand', args[1])];
    if (high < low) throw new ExpressionError(`the function 'rand' needs a maximum above ${low}`);
    return low + BigInt(Math.floor(Math.random() * Number(high - low)));
  },
  range: (...args): Value => {
    count('range', args, 2);
    const [start, length] = [integer('range', args[0]), integer('range', args[1])];
    if (length < 0n || length > 100_000n)
      throw new ExpressionError(`the function 'range' cannot make ${length} integers`);
    return Array.from({ length: Number(length) }, (_, at) => start + BigInt(at));
  },
};
