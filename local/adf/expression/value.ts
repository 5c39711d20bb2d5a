/**
 * A value of the expression language. Integers are `bigint`, so that an int64 keeps every digit; `number` is always a
 * float.
 */
export type Value = null | boolean | string | bigint | number | Value[] | ValueObject;

/** A JSON object as expressions see it. */
export interface ValueObject {
  [name: string]: Value;
}

/** An expression that cannot be parsed or evaluated; the text is meant for the run's error message. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

export const isObject = (value: Value | undefined): value is ValueObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Name of a value's type in the words of the service's own error messages. */
export function typeName(value: Value): string {
  if (value === null) return 'Null';
  if (Array.isArray(value)) return 'Array';
  switch (typeof value) {
    case 'boolean':
      return 'Boolean';
    case 'string':
      return 'String';
    case 'bigint':
      return 'Integer';
    case 'number':
      return 'Float';
    default:
      return 'Object';
  }
}

/** Turns plain JavaScript data into a value: whole numbers become integers, `undefined` properties vanish. */
export function fromJs(data: unknown): Value {
  if (data === null || data === undefined) return null;
  if (typeof data === 'number') return Number.isSafeInteger(data) ? BigInt(data) : data;
  if (typeof data === 'string' || typeof data === 'boolean' || typeof data === 'bigint') return data;
  if (Array.isArray(data)) return data.map(fromJs);
  if (typeof data !== 'object') throw new ExpressionError(`a ${typeof data} is not a JSON value`);
  const entries = Object.entries(data).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, fromJs(value)]));
}

/** Turns a value into plain JavaScript data; integers past 2^53 become text, so that no digit is lost. */
export function toJs(value: Value): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (Array.isArray(value)) return value.map(toJs);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toJs(inner)]));
  return value;
}
