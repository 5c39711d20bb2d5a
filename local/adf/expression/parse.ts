import { nextToken, type Token } from './tokens';
import { ExpressionError, type Value } from './value';

/** The syntax tree of an expression. */
export type Node =
  | { kind: 'literal'; value: Value }
  | { kind: 'call'; name: string; args: Node[] }
  | { kind: 'access'; target: Node; key: Node; optional: boolean };

const WORDS: Record<string, Value> = { true: true, false: false, null: null };

/**
 * Parses one expression, without its leading `@`.
 * @param from where to begin; the parse ends behind the expression, so that a template can go on from there
 */
export function parseExpression(text: string, from = 0): { node: Node; end: number } {
  let token: Token = nextToken(text, from);
  let behind = from;
  const fail = (wanted: string): never => {
    const found = token.kind === 'end' ? 'the end' : `'${token.text}'`;
    throw new ExpressionError(`expected ${wanted} but found ${found} at position ${token.start} of '${text}'`);
  };
  const step = (): string => {
    const { text: taken, end } = token;
    behind = end;
    token = lookahead(text, end);
    return taken;
  };
  const isSign = (sign: string) => token.kind === 'sign' && token.text === sign;
  const need = (sign: string) => (isSign(sign) ? step() : fail(`'${sign}'`));

  const primary = (): Node => {
    if (token.kind === 'string') return literal(step().slice(1, -1).replaceAll("''", "'"));
    if (token.kind === 'integer') return literal(int64(step()));
    if (token.kind === 'float') return literal(Number(step()));
    if (token.kind !== 'name') return fail('a value or a function');
    const name = step();
    if (isSign('(')) return { kind: 'call', name, args: args() };
    const word = name.toLowerCase();
    return Object.hasOwn(WORDS, word) ? literal(WORDS[word] as Value) : fail(`'(' after '${name}'`);
  };
  const args = (): Node[] => {
    need('(');
    const list: Node[] = [];
    if (!isSign(')')) {
      list.push(expression());
      while (isSign(',')) {
        step();
        list.push(expression());
      }
    }
    need(')');
    return list;
  };
  const expression = (): Node => {
    let node = primary();
    while (isSign('?') || isSign('.') || isSign('[')) {
      const optional = isSign('?');
      if (optional) step();
      node = { kind: 'access', target: node, key: isSign('[') ? index() : property(), optional };
    }
    return node;
  };
  const index = (): Node => {
    need('[');
    const key = expression();
    need(']');
    return key;
  };
  const property = (): Node => {
    need('.');
    return token.kind === 'name' ? literal(step()) : fail('a property name');
  };
  return { node: expression(), end: behind };
}

const literal = (value: Value): Node => ({ kind: 'literal', value });

/** Behind a template's closing brace any text may follow, so what is no token there only matters if it is needed. */
function lookahead(text: string, from: number): Token {
  try {
    return nextToken(text, from);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { kind: 'end', text: text[from] ?? '', start: from, end: from };
  }
}

/** @throws ExpressionError beyond 64 bits */
export function int64(text: string): bigint {
  const value = BigInt(text);
  if (BigInt.asIntN(64, value) !== value) throw new ExpressionError(`${text} does not fit into a 64-bit integer`);
  return value;
}
