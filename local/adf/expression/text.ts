import { floatText, formatJson } from './json';
import type { Value } from './value';

/** A value as text: what `string()`, `concat()` and `@{...}` put in its place. */
export function textOf(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return floatText(value);
  return formatJson(value);
}
