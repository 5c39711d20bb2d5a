import { ExpressionError } from './value';

/** One token of an expression, with the position where it starts and the one behind it. */
export interface Token {
  readonly kind: 'name' | 'string' | 'integer' | 'float' | 'sign' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const SPACE = /\s*/y;
const RULES: readonly [Token['kind'], RegExp][] = [
  ['string', /'(?:[^']|'')*'/y],
  ['float', /-?\d+(?:\.\d+(?:[eE][+-]?\d+)?|[eE][+-]?\d+)/y],
  ['integer', /-?\d+/y],
  ['name', /[A-Za-z_][\w$-]*/y],
  ['sign', /[().,[\]?}]/y],
];

/** The token at a position, spaces before it skipped. */
export function nextToken(text: string, from: number): Token {
  SPACE.lastIndex = from;
  SPACE.exec(text);
  const start = SPACE.lastIndex;
  if (start >= text.length) return { kind: 'end', text: '', start, end: start };
  for (const [kind, rule] of RULES) {
    rule.lastIndex = start;
    const found = rule.exec(text)?.[0];
    if (found !== undefined) return { kind, text: found, start, end: start + found.length };
  }
  throw new ExpressionError(`unexpected '${text[start]}' at position ${start} of '${text}'`);
}
