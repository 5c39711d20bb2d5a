import { describe, expect, test } from 'vitest';
import { evaluateText, type Scope } from '../../../../local/adf/expression/evaluate';
import { formatJson } from '../../../../local/adf/expression/json';
import { fromJs, type Value } from '../../../../local/adf/expression/value';

const activity = fromJs({ output: { firstRow: { mx: '9007199254740993' }, count: 2 }, Status: 'Succeeded' });
const scope: Scope = {
  pipeline: () => ({ parameters: { n: 42n, s: "o'x", none: null, yes: true, list: [1n, 'a', null], obj: { a: 1n } } }),
  variables: () => 'v',
  item: () => ({ table: 'users' }),
  activity: () => activity,
};
const json = (value: Value): string => formatJson(value);
const run = (text: string): string => json(evaluateText(text, scope));

/** What Microsoft's own engine answered for these expressions; the right side is JSON. */
const answers: [string, string][] = [
  ['plain text', '"plain text"'],
  ['a@b.com', '"a@b.com"'],
  [' @', '" @"'],
  ['@@', '"@"'],
  ['@@concat(1)', '"@concat(1)"'],
  ['@pipeline().parameters.n', '42'],
  ['@PIPELINE().Parameters.N', '42'],
  ['@{pipeline().parameters.n}', '"42"'],
  ['x@{pipeline().parameters.none}y', '"xy"'],
  ['@{pipeline().parameters.yes}', '"True"'],
  ['@{pipeline().parameters.list}', '"[1,\\"a\\",null]"'],
  ['@{pipeline().parameters.obj}', '"{\\"a\\":1}"'],
  ["a@{'}'}b", '"a}b"'],
  ['a@@{b}', '"a@{b}"'],
  ["@concat('@{x}', 'it''s')", '"@{x}it\'s"'],
  ["@ concat( 'a' , 'b' )", '"ab"'],
  ["@concat('`', pipeline().parameters.s, '`')", '"`o\'x`"'],
  ["@replace(pipeline().parameters.s, '''', '''''')", '"o\'\'x"'],
  ["@activity('x').output.firstRow.mx", '"9007199254740993"'],
  ["@activity('x').output?.nope?.deeper.still", 'null'],
  ["@activity('x').output?['nope']", 'null'],
  ['@pipeline().parameters.list[1]', '"a"'],
  ["@contains(json('{\"a\":1}'), 'A')", 'true'],
  ['@json(\'{"A":1}\').a', '1'],
  ['@if(true, 1, div(1, 0))', '1'],
  ['@and(false, 1)', 'false'],
  ['@or(true, 1)', 'true'],
  ['@coalesce(null, 7, div(1, 0))', '7'],
  ['@equals(1, 1.0)', 'true'],
  ["@equals(1, '1')", 'false'],
  ["@equals('a', 'A')", 'false'],
  ['@equals(true, 1)', 'false'],
  ["@equals('', null)", 'false'],
  ['@equals(json(\'{"a":1,"b":[2]}\'), json(\'{"b":[2],"a":1}\'))', 'true'],
  ["@less('a', 'B')", 'true'],
  ["@less('a', 'A')", 'true'],
  ["@greater('10', '9')", 'false'],
  ["@lessOrEquals('2024-01-01', '2024-01-02')", 'true'],
  ['@div(7, 2)', '3'],
  ['@div(-7, 2)', '-3'],
  ['@div(7, 2.0)', '3.5'],
  ['@mod(-7, 3)', '-1'],
  ['@rand(5, 5)', '5'],
  ['@range(3, 4)', '[3,4,5,6]'],
  ['@max(1, 2.5)', '2.5'],
  ["@int('1e3')", '1000'],
  ["@int('1,000')", '1000'],
  ["@int('9007199254740993')", '9007199254740992'],
  ['@add(9007199254740993, 0)', '9007199254740993'],
  ['@bool(2)', 'true'],
  ["@float('1,000.5')", '1000.5'],
  ['@string(true)', '"True"'],
  ['@string(1.0)', '"1"'],
  ['@string(1e20)', '"1E+20"'],
  ['@string(null)', '""'],
  ['@concat(createArray(1, 2))', '"[1,2]"'],
  ["@indexOf('Hello', 'LL')", '2'],
  ["@startsWith('Hello', 'HE')", 'true'],
  ["@endsWith('Hello', 'LO')", 'true'],
  ["@contains('Hello', 'LL')", 'false'],
  ["@split('a,b,,c', ',')", '["a","b","","c"]'],
  ["@substring('hello', 1, 2)", '"el"'],
  ["@length('€😀')", '3'],
  ["@trim(' a ')", '"a"'],
  ["@empty('')", 'true'],
  ['@empty(null)', 'true'],
  ["@empty(json('{}'))", 'true'],
  ["@first('')", '""'],
  ['@last(createArray(1, 2))', '2'],
  ['@union(json(\'{"a":1}\'), json(\'{"a":2,"b":3}\'))', '{"a":2,"b":3}'],
  ['@union(createArray(1, 2), createArray(2, 3))', '[1,2,3]'],
  ['@intersection(createArray(1, 2), createArray(2, 3))', '[2]'],
  ['@intersection(json(\'{"a":1,"b":2}\'), json(\'{"a":1,"b":3}\'))', '{"a":1}'],
  ["@take('abc', 9)", '"abc"'],
  ['@skip(createArray(1, 2), 1)', '[2]'],
  ["@join(createArray(1, true, null), ';')", '"1;True;"'],
  ["@addDays('2018-03-15T13:00:00Z', 1)", '"2018-03-16T13:00:00.0000000Z"'],
  ["@addDays('2018-03-15T13:00:00', 1)", '"2018-03-16T13:00:00.0000000"'],
  ["@addDays('2018-03-15T13:00:00+02:00', 0)", '"2018-03-15T11:00:00.0000000+00:00"'],
  ["@formatDateTime('03/15/2018', 'yyyy-MM-dd')", '"2018-03-15"'],
  ["@addToTime('2018-01-31', 1, 'Month')", '"2018-02-28T00:00:00.0000000"'],
  ["@subtractFromTime('2018-01-02T00:00:00Z', 1, 'day')", '"2018-01-01T00:00:00.0000000Z"'],
  ["@dayOfWeek('2018-03-18')", '0'],
  ["@dayOfYear('2018-02-01')", '32'],
  ["@ticks('2018-01-01T00:00:00Z')", '636503616000000000'],
  ["@startOfMonth('2018-03-15T13:27:36Z')", '"2018-03-01T00:00:00.0000000Z"'],
  ["@formatDateTime('2018-03-15T13:27:36.1234567Z', 'yyyyMMddTHHmmssfffffff')", '"20180315T1327361234567"'],
  ["@formatDateTime('2018-03-15T13:27:36Z', 'D')", '"Thursday, 15 March 2018"'],
  ["@convertFromUtc('2018-07-01T10:00:00Z', 'Romance Standard Time')", '"2018-07-01T12:00:00.0000000"'],
  ["@convertToUtc('2018-07-01T12:00:00', 'Romance Standard Time')", '"2018-07-01T10:00:00.0000000Z"'],
  ['@length(utcNow())', '28'],
  ["@json('{a:1,a:2}').a", '2'],
  ['@json(\'{"d":"2018-01-01T00:00:00Z"}\').d', '"2018-01-01T00:00:00Z"'],
  ["@uriComponent('a b!*()''/')", '"a%20b%21%2A%28%29%27%2F"'],
  ["@decodeUriComponent('a+b')", '"a b"'],
  ["@base64ToString(base64('é'))", '"é"'],
  ["@binary('a')", '{"$content-type":"application/octet-stream","$content":"YQ=="}'],
];

/** Expressions that the engine refuses. */
const refusals = [
  "@if('true', 1, 2)",
  '@and(true, 1)',
  '@not(0)',
  '@greater(null, 1)',
  "@greater('2', 0)",
  '@div(1, 0)',
  '@add(9223372036854775807, 1)',
  "@add('1', 2)",
  "@int('1.5')",
  '@int(1.5)',
  "@int('')",
  "@bool('1')",
  "@bool('yes')",
  '@concat()',
  '@createArray()',
  "@substring('abc', 3)",
  "@replace('abc', '', 'x')",
  '@length(null)',
  '@toLower(null)',
  '@empty(0)',
  "@length(json('{}'))",
  "@skip('abc', -1)",
  "@formatDateTime('15/03/2018')",
  "@addDays('2018-01-01', 1.5)",
  "@formatDateTime('2018-01-01', 'Q')",
  '@pipeline().parameters.nope',
  '@pipeline().parameters.list[9]',
  '@pipeline().parameters.list[-1]',
  '@pipeline().parameters.s.x',
  "@concat('a',)",
  '@concat("a")',
  "@concat('a') b",
  "@concat('a'",
  'a@{pipeline().parameters.n',
  "@nthIndexOf('a', 'a', 1)",
  "@formatNumber(1, 'C')",
  '@reverse(createArray(1))',
  "@parseDateTime('2018-01-01')",
];

describe('expression language', () => {
  test.each(answers)('%s is %s', (text, expected) => {
    expect(run(text)).toBe(expected);
  });

  test.each(refusals)('%s is refused', (text) => {
    expect(() => run(text)).toThrow(expect.objectContaining({ name: 'ExpressionError' }));
  });

  test('a missing property is refused with the names that exist', () => {
    expect(() => run("@activity('x').output.rows")).toThrow(
      "property 'rows' doesn't exist, available properties are 'firstRow, count'",
    );
  });

  test('a function that only Logic Apps knows is refused by its name', () => {
    expect(() => run('@chunk(createArray(1), 1)')).toThrow("the function 'chunk' is not known here");
  });
});
