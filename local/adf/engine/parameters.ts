import type { Parameters } from '../definition/dynamic';
import { parseJson } from '../expression/json';
import { fromJs, isObject, type Value, type ValueObject } from '../expression/value';

/** The values of declared parameters, or what is wrong with those given. */
export type Bound = { kind: 'bound'; values: ValueObject } | { kind: 'refused'; reason: string };

/** Fills declared parameters from given values and defaults; unknown, missing and wrongly typed ones are refused. */
export function bind(declared: Parameters, given: ValueObject, owner: string): Bound {
  const names = new Map(Object.keys(declared).map((name) => [name.toLowerCase(), name]));
  const values: ValueObject = {};
  for (const [name, { defaultValue }] of Object.entries(declared))
    if (defaultValue !== undefined) values[name] = fromJs(defaultValue);
  for (const [name, value] of Object.entries(given)) {
    const known = names.get(name.toLowerCase());
    if (known === undefined) return refused(`${owner} has no parameter '${name}'`);
    const converted = convert(declared[known]?.type.toLowerCase() ?? '', value);
    if (converted === undefined)
      return refused(`the parameter '${name}' of ${owner} is not of type ${declared[known]?.type}`);
    values[known] = converted;
  }
  const missing = Object.keys(declared).filter((name) => values[name] === undefined);
  return missing.length > 0
    ? refused(`${owner} needs a value for the parameter '${missing.join("', '")}'`)
    : { kind: 'bound', values };
}

const refused = (reason: string): Bound => ({ kind: 'refused', reason });

/** The value in its declared type; text that reads as the type is accepted, as the service does. */
function convert(type: string, value: Value): Value | undefined {
  if (type === 'string' || type === 'securestring')
    return value === null || typeof value === 'object' ? undefined : typeof value === 'string' ? value : String(value);
  const parsed = typeof value === 'string' ? read(value) : value;
  if (type === 'int') return typeof parsed === 'bigint' ? parsed : undefined;
  if (type === 'float')
    return typeof parsed === 'bigint' ? Number(parsed) : typeof parsed === 'number' ? parsed : undefined;
  if (type === 'bool') return typeof parsed === 'boolean' ? parsed : undefined;
  if (type === 'array') return Array.isArray(parsed) ? parsed : undefined;
  return isObject(parsed) || Array.isArray(parsed) ? parsed : undefined;
}

function read(text: string): Value | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
