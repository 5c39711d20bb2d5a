import { ExpressionError, isObject, typeName, type Value } from '../value';

/** Equality of the language: strict by type, only an integer and a float may be equal; deep, key order aside. */
export function same(a: Value, b: Value): boolean {
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => same(item, b[at] as Value))
    );
  if (isObject(a) || isObject(b)) {
    if (!isObject(a) || !isObject(b)) return false;
    const names = Object.keys(a);
    const alike = (name: string) => Object.hasOwn(b, name) && same(a[name] as Value, b[name] as Value);
    return names.length === Object.keys(b).length && names.every(alike);
  }
  // biome-ignore lint/suspicious/noDoubleEquals: a bigint and a number are equal by value only so
  if (isNumeric(a) && isNumeric(b)) return a == b;
  return a === b;
}

const isNumeric = (value: Value): value is bigint | number => typeof value === 'bigint' || typeof value === 'number';

// The service compares text by culture: 'a' < 'A' < 'b'. Node's own collation has the same order.
const culture = new Intl.Collator('en-US');

/** Order of two numbers or two strings: negative, zero or positive. */
export function order(name: string, a: Value, b: Value): number {
  if (isNumeric(a) && isNumeric(b)) return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return culture.compare(a, b);
  throw new ExpressionError(
    `the function '${name}' compares two numbers or two strings, but was given ${typeName(a)} and ${typeName(b)}`,
  );
}
