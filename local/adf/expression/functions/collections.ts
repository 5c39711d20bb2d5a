import { textOf } from '../text';
import { ExpressionError, isObject, typeName, type Value, type ValueObject } from '../value';
import { count, integer, list, text } from './args';
import { same } from './compare';
import type { Plain } from './functions';

const refuse = (name: string, wanted: string, value: Value): never => {
  throw new ExpressionError(
    `the function '${name}' expects ${wanted}, but was given a value of type ${typeName(value)}`,
  );
};

/** One element at an edge of an array or a string; of an empty string it is the empty string. */
const edge =
  (name: string, at: 0 | -1): Plain =>
  (...args) => {
    count(name, args, 1);
    const whole = args[0] as Value;
    if (typeof whole === 'string') return whole.at(at) ?? '';
    return Array.isArray(whole) ? (whole.at(at) ?? null) : refuse(name, 'an array or a string', whole);
  };

const cut =
  (name: string, slice: (whole: string | Value[], amount: number) => Value): Plain =>
  (...args) => {
    count(name, args, 2);
    const whole = args[0] as Value;
    const amount = integer(name, args[1]);
    if (amount < 0n) throw new ExpressionError(`the function '${name}' was given the negative count ${amount}`);
    if (typeof whole !== 'string' && !Array.isArray(whole)) return refuse(name, 'an array or a string', whole);
    return slice(whole, Number(amount));
  };

const distinct = (values: Value[]): Value[] =>
  values.filter((value, at) => values.findIndex((other) => same(other, value)) === at);

/** Applies one rule to several arrays or to several objects, never to a mixture. */
const sets =
  (name: string, ofLists: (all: Value[][]) => Value, ofObjects: (all: ValueObject[]) => Value): Plain =>
  (...args) => {
    count(name, args, 1, Number.POSITIVE_INFINITY);
    return args.every(isObject) ? ofObjects(args) : ofLists(args.map((arg) => list(name, arg)));
  };

export const collections: Record<string, Plain> = {
  contains: (...args) => {
    count('contains', args, 2);
    const [where, what] = args as [Value, Value];
    if (typeof where === 'string') return where.includes(text('contains', what));
    if (Array.isArray(where)) return where.some((item) => same(item, what));
    if (!isObject(where)) return refuse('contains', 'a string, an array or an object', where);
    const wanted = text('contains', what).toLowerCase();
    return Object.keys(where).some((name) => name.toLowerCase() === wanted);
  },
  empty: (...args) => {
    count('empty', args, 1);
    const value = args[0] as Value;
    if (value === null) return true;
    if (typeof value === 'string' || Array.isArray(value)) return value.length === 0;
    return isObject(value)
      ? Object.keys(value).length === 0
      : refuse('empty', 'a string, an array or an object', value);
  },
  first: edge('first', 0),
  last: edge('last', -1),
  length: (...args) => {
    count('length', args, 1);
    const value = args[0] as Value;
    if (typeof value === 'string' || Array.isArray(value)) return BigInt(value.length);
    return refuse('length', 'an array or a string', value);
  },
  join: (...args) => {
    count('join', args, 2);
    return list('join', args[0]).map(textOf).join(text('join', args[1]));
  },
  take: cut('take', (whole, amount) => whole.slice(0, amount)),
  skip: cut('skip', (whole, amount) => whole.slice(amount)),
  union: sets(
    'union',
    (all) => distinct(all.flat()),
    (all) => Object.assign({}, ...all) as ValueObject,
  ),
  intersection: sets(
    'intersection',
    ([head = [], ...rest]) =>
      distinct(head.filter((item) => rest.every((other) => other.some((one) => same(one, item))))),
    ([head = {}, ...rest]) =>
      Object.fromEntries(
        Object.entries(head).filter(([name, value]) =>
          rest.every((other) => Object.hasOwn(other, name) && same(other[name] as Value, value)),
        ),
      ),
  ),
};
