import { type Node, parseExpression } from './parse';
import { ExpressionError } from './value';

/** What a string of a definition means: itself, one typed expression, or text with expressions inside. */
export type Template =
  | { kind: 'text'; text: string }
  | { kind: 'expression'; node: Node }
  | { kind: 'parts'; parts: (string | Node)[] };

/**
 * Reads a string of a pipeline, data set or linked service.
 * https://learn.microsoft.com/azure/data-factory/control-flow-expression-language-functions#expressions
 */
export function parseTemplate(text: string): Template {
  if (text.startsWith('@@')) return { kind: 'text', text: text.slice(1) };
  if (text.startsWith('@') && !text.startsWith('@{')) return { kind: 'expression', node: whole(text) };
  if (!text.includes('@{')) return { kind: 'text', text };
  return interpolated(text);
}

function whole(text: string): Node {
  const { node, end } = parseExpression(text, 1);
  const rest = text.slice(end).trim();
  if (rest !== '') throw new ExpressionError(`unexpected '${rest}' behind the expression in '${text}'`);
  return node;
}

function interpolated(text: string): Template {
  const parts: (string | Node)[] = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf('@{', at);
    if (open < 0) break;
    if (text[open - 1] === '@') {
      parts.push(text.slice(at, open - 1), '@{');
      at = open + 2;
      continue;
    }
    const { node, end } = parseExpression(text, open + 2);
    const close = text.length - text.slice(end).trimStart().length;
    if (text[close] !== '}') throw new ExpressionError(`'@{' at position ${open} of '${text}' is never closed`);
    parts.push(text.slice(at, open), node);
    at = close + 1;
  }
  parts.push(text.slice(at));
  return { kind: 'parts', parts: parts.filter((part) => part !== '') };
}
