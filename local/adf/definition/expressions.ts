import { functions } from '../expression/functions/functions';
import type { Node } from '../expression/parse';
import { parseTemplate } from '../expression/template';
import { ExpressionError } from '../expression/value';
import { limits } from '../limits';

/** One string of a definition that holds expressions. */
export interface Found {
  readonly text: string;
  readonly nodes: readonly Node[];
}

const CONTEXTS = new Set(['pipeline', 'activity', 'variables', 'item', 'dataset', 'linkedservice']);

/** Every expression of a definition, parsed. @throws ExpressionError with the faulty text */
export function expressionsIn(json: unknown): Found[] {
  if (typeof json === 'string') return of(json);
  if (typeof json !== 'object' || json === null) return [];
  return Object.values(json).flatMap(expressionsIn);
}

function of(text: string): Found[] {
  const template = parseTemplate(text);
  if (template.kind === 'text') return [];
  if (text.length > limits.expressionCharacters)
    throw new ExpressionError(
      `an expression has ${text.length} characters, the limit is ${limits.expressionCharacters}`,
    );
  const nodes =
    template.kind === 'expression'
      ? [template.node]
      : template.parts.filter((part): part is Node => typeof part !== 'string');
  for (const call of nodes.flatMap(callsIn)) {
    const name = call.name.toLowerCase();
    if (!functions.has(name) && !CONTEXTS.has(name))
      throw new ExpressionError(`the function '${call.name}' in '${text}' is not one of Data Factory`);
  }
  return [{ text, nodes }];
}

/** Every call inside an expression, outermost first. */
export function callsIn(node: Node): Extract<Node, { kind: 'call' }>[] {
  if (node.kind === 'literal') return [];
  if (node.kind === 'access') return [...callsIn(node.target), ...callsIn(node.key)];
  return [node, ...node.args.flatMap(callsIn)];
}
