import { ExpressionError, type Value, type ValueObject } from './value';

const SPACE = /[\s\uFEFF]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const BARE_NAME = /[A-Za-z_$][\w$-]*/y;
const WORDS: Record<string, Value> = { true: true, false: false, null: null };

/**
 * Reads JSON as the service does: integers keep every digit, date strings stay text, bare keys are accepted, and of
 * duplicate keys the last wins.
 */
export function parseJson(text: string): Value {
  let at = 0;
  const fail = (what: string): never => {
    throw new ExpressionError(`the text is not valid JSON: ${what} at position ${at}`);
  };
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const peek = (): string | undefined => {
    match(SPACE);
    return text[at];
  };
  const eat = (sign: string): boolean => {
    if (peek() !== sign) return false;
    at += 1;
    return true;
  };
  const string = (): string => {
    const quote = text[at];
    let end = at + 1;
    while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
    if (end >= text.length) fail('an unterminated string');
    const inner = text.slice(at + 1, end);
    at = end + 1;
    const body = quote === "'" ? inner.replaceAll("\\'", "'").replaceAll('"', '\\"') : inner;
    // Raw control characters inside strings are accepted by the service's reader, though not by JSON.parse.
    const escaped = body.replace(/[\n\r\t]/g, (sign) => JSON.stringify(sign).slice(1, -1));
    try {
      return JSON.parse(`"${escaped}"`) as string;
    } catch {
      return fail('a bad escape');
    }
  };
  const members = (): ValueObject => {
    const object: ValueObject = {};
    if (eat('}')) return object;
    do {
      const quoted = peek() === '"' || text[at] === "'";
      const name = quoted ? string() : (match(BARE_NAME)?.[0] ?? fail('no property name'));
      if (!eat(':')) fail('no colon');
      Object.defineProperty(object, name, { value: value(), enumerable: true, writable: true, configurable: true });
    } while (eat(','));
    if (!eat('}')) fail('no closing brace');
    return object;
  };
  const items = (): Value[] => {
    const array: Value[] = [];
    if (eat(']')) return array;
    do array.push(value());
    while (eat(','));
    if (!eat(']')) fail('no closing bracket');
    return array;
  };
  const value = (): Value => {
    const next = peek();
    if (eat('{')) return members();
    if (eat('[')) return items();
    if (next === '"' || next === "'") return string();
    const number = match(NUMBER);
    if (number) return number[1] || number[2] ? Number(number[0]) : BigInt(number[0]);
    const word = match(BARE_NAME)?.[0] ?? '';
    return Object.hasOwn(WORDS, word) ? (WORDS[word] as Value) : fail('no value');
  };
  const result = value();
  if (peek() !== undefined) fail('text after the end');
  return result;
}

/** A float as .NET prints it: shortest form, exponent from 1E+15 up and below 1E-05. */
export function floatText(value: number): string {
  if (value === 0) return '0';
  const [digits = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= 15 || exponent < -5)
    return `${digits}E${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  const plain = String(value);
  return plain.includes('e') ? value.toFixed(20).replace(/0+$/, '') : plain;
}

const jsonFloat = (value: number): string => {
  const text = floatText(value);
  return /[.E]/.test(text) ? text : `${text}.0`;
};

/** Writes compact JSON; floats keep a decimal point, so that they are read back as floats. */
export function formatJson(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return jsonFloat(value);
  if (Array.isArray(value)) return `[${value.map(formatJson).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, inner]) => `${JSON.stringify(name)}:${formatJson(inner)}`)
    .join(',')}}`;
}
