import { parseJson } from '../json';
import { textOf } from '../text';
import { ExpressionError, isObject, typeName, type Value, type ValueObject } from '../value';
import { count, text } from './args';
import type { Plain } from './functions';

const fail = (name: string, value: Value): never => {
  throw new ExpressionError(`the function '${name}' cannot convert '${textOf(value)}' of type ${typeName(value)}`);
};

const one =
  (name: string, convert: (value: Value) => Value): Plain =>
  (...args) => {
    count(name, args, 1);
    return convert(args[0] as Value);
  };
const onText = (name: string, convert: (value: string) => Value): Plain =>
  one(name, (value) => convert(text(name, value)));

const GROUPED = /^[+-]?\d+(?:,\d+)*(\.\d*)?([eE][+-]?\d+)?$/;
const bytes = (value: string): Buffer => Buffer.from(value, 'utf8');
const binary = (content: Buffer, type = 'application/octet-stream'): ValueObject => ({
  '$content-type': type,
  $content: content.toString('base64'),
});
const unpack = (name: string, value: Value): string =>
  isObject(value) && typeof value['$content'] === 'string'
    ? Buffer.from(value['$content'], 'base64').toString('utf8')
    : text(name, value);

function toInteger(value: Value): Value {
  if (typeof value === 'bigint') return value;
  // Text goes through a double, as in the service: the last digits of large numbers are lost there too.
  const number = typeof value === 'string' && GROUPED.test(value) ? Number(value.replaceAll(',', '')) : Number.NaN;
  return Number.isInteger(number) ? BigInt(number) : fail('int', value);
}

function toFloat(value: Value): Value {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && GROUPED.test(value) ? Number(value.replaceAll(',', '')) : fail('float', value);
}

function toBool(value: Value): Value {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'bigint' || typeof value === 'number') return Number(value) !== 0;
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  return word === 'true' || word === 'false' ? word === 'true' : fail('bool', value);
}

const uri = (value: string): string =>
  encodeURIComponent(value).replace(/[!*()']/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const unUri = (value: string): string => decodeURIComponent(value.replaceAll('+', ' '));
const unBase64 = (value: string): string => Buffer.from(value, 'base64').toString('utf8');

/** `data:` URIs in both forms; the service writes base64. */
function parseDataUri(value: string): { type: string; content: Buffer } {
  const found = /^data:([^,]*?)(;base64)?,(.*)$/s.exec(value);
  if (!found) return fail('decodeDataUri', value);
  const [, type = '', base64, body = ''] = found;
  return { type, content: base64 ? Buffer.from(body, 'base64') : bytes(decodeURIComponent(body)) };
}
const dataBinary = (value: string): Value => {
  const { content, type } = parseDataUri(value);
  return binary(content, type);
};

const notImitated = (name: string) => () => {
  throw new ExpressionError(`the function '${name}' exists in Data Factory but is not imitated here`);
};

export const conversions: Record<string, Plain> = {
  array: one('array', (value) => [value]),
  createArray: (...args) => {
    count('createArray', args, 1, Number.POSITIVE_INFINITY);
    return args;
  },
  int: one('int', toInteger),
  float: one('float', toFloat),
  bool: one('bool', toBool),
  string: one('string', textOf),
  json: one('json', (value) => parseJson(unpack('json', value))),
  base64: onText('base64', (value) => bytes(value).toString('base64')),
  base64ToString: onText('base64ToString', unBase64),
  decodeBase64: onText('decodeBase64', unBase64),
  base64ToBinary: onText('base64ToBinary', (value) => binary(Buffer.from(value, 'base64'))),
  binary: onText('binary', (value) => binary(bytes(value))),
  dataUri: onText('dataUri', (value) => `data:text/plain;charset=utf-8;base64,${bytes(value).toString('base64')}`),
  dataUriToBinary: onText('dataUriToBinary', dataBinary),
  decodeDataUri: onText('decodeDataUri', dataBinary),
  dataUriToString: onText('dataUriToString', (value) => parseDataUri(value).content.toString('utf8')),
  uriComponent: onText('uriComponent', uri),
  encodeUriComponent: onText('encodeUriComponent', uri),
  decodeUriComponent: onText('decodeUriComponent', unUri),
  uriComponentToString: onText('uriComponentToString', unUri),
  uriComponentToBinary: onText('uriComponentToBinary', (value) => binary(bytes(unUri(value)))),
  xml: notImitated('xml'),
  xpath: notImitated('xpath'),
};
