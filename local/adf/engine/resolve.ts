import { evaluateText, type Scope } from '../expression/evaluate';
import { fromJs, type Value } from '../expression/value';

/** Evaluates every expression inside a piece of a definition, at any depth. */
export function resolve(json: unknown, scope: Scope): Value {
  if (typeof json === 'string') return evaluateText(json, scope);
  if (Array.isArray(json)) return json.map((item) => resolve(item, scope));
  if (typeof json !== 'object' || json === null) return fromJs(json);
  const expression = expressionIn(json);
  if (expression !== undefined) return evaluateText(expression, scope);
  return Object.fromEntries(
    Object.entries(json)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, resolve(value, scope)]),
  );
}

/** The text of `{value, type: Expression}`, or of `{content, type: Expression}` in a pipeline's return value. */
function expressionIn(json: object): string | undefined {
  const { type, value, content } = json as { type?: unknown; value?: unknown; content?: unknown };
  if (type !== 'Expression') return undefined;
  if (typeof value === 'string') return value;
  return typeof content === 'string' ? content : undefined;
}
