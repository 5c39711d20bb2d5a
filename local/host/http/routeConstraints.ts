type Check = (value: string) => boolean;

const GUID = /^\{?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\}?$/i;
const isInt = (value: string): boolean => /^[+-]?\d+$/.test(value);
const isNumber = (value: string): boolean => value.trim() !== '' && Number.isFinite(Number(value));
const numbers = (argument: string): [number, number] => {
  const [low = Number.NaN, high = low] = argument.split(',').map(Number);
  return [low, high];
};

/**
 * Inline route constraints; one that fails makes the route not match.
 * https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-constraints
 */
export const CONSTRAINTS: Readonly<Record<string, (argument: string) => Check>> = {
  int: () => (value) => isInt(value) && Math.abs(Number(value)) < 2 ** 31,
  long: () => isInt,
  bool: () => (value) => /^(true|false)$/i.test(value),
  guid: () => (value) => GUID.test(value),
  alpha: () => (value) => /^[a-z]*$/i.test(value),
  datetime: () => (value) => !Number.isNaN(Date.parse(value)),
  decimal: () => isNumber,
  double: () => isNumber,
  float: () => isNumber,
  min: (argument) => (value) => isInt(value) && Number(value) >= Number(argument),
  max: (argument) => (value) => isInt(value) && Number(value) <= Number(argument),
  range: (argument) => (value) => {
    const [low, high] = numbers(argument);
    return isInt(value) && Number(value) >= low && Number(value) <= high;
  },
  length: (argument) => (value) => {
    const [low, high] = numbers(argument);
    return value.length >= low && value.length <= high;
  },
  minlength: (argument) => (value) => value.length >= Number(argument),
  maxlength: (argument) => (value) => value.length <= Number(argument),
  regex: (argument) => {
    const expression = new RegExp(argument, 'i');
    return (value) => expression.test(value);
  },
  required: () => (value) => value !== '',
};
