import { ExpressionError, typeName, type Value } from '../value';

const wrong = (name: string, wanted: string, value: Value | undefined): never => {
  const got = value === undefined ? 'nothing' : `a value of type ${typeName(value)}`;
  throw new ExpressionError(`the function '${name}' expects ${wanted}, but was given ${got}`);
};

/** Arguments of a function, checked for their number. */
export function count(name: string, args: readonly unknown[], least: number, most = least): void {
  if (args.length >= least && args.length <= most) return;
  const wanted =
    least === most ? `${least}` : most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
  throw new ExpressionError(`the function '${name}' takes ${wanted} arguments, but was given ${args.length}`);
}

export const text = (name: string, value: Value | undefined): string =>
  typeof value === 'string' ? value : wrong(name, 'a string', value);

export const integer = (name: string, value: Value | undefined): bigint =>
  typeof value === 'bigint' ? value : wrong(name, 'an integer', value);

export const numeric = (name: string, value: Value | undefined): bigint | number =>
  typeof value === 'bigint' || typeof value === 'number' ? value : wrong(name, 'a number', value);

export const truth = (name: string, value: Value | undefined): boolean =>
  typeof value === 'boolean' ? value : wrong(name, 'a boolean', value);

export const list = (name: string, value: Value | undefined): Value[] =>
  Array.isArray(value) ? value : wrong(name, 'an array', value);
