import { type Evaluated, functions } from './functions/functions';
import type { Node } from './parse';
import { parseTemplate, type Template } from './template';
import { textOf } from './text';
import { ExpressionError, isObject, type Value } from './value';

/** What an expression can see, for instance `pipeline`, `activity`, `item`; names are in lower case. */
export type Scope = Readonly<Record<string, (...args: Value[]) => Value>>;

/** Evaluates one string of a definition. */
export const evaluateText = (text: string, scope: Scope): Value => evaluateTemplate(parseTemplate(text), scope);

function evaluateTemplate(template: Template, scope: Scope): Value {
  switch (template.kind) {
    case 'text':
      return template.text;
    case 'expression':
      return evaluate(template.node, scope);
    case 'parts':
      return template.parts.map((part) => (typeof part === 'string' ? part : textOf(evaluate(part, scope)))).join('');
  }
}

/** @throws ExpressionError with what is wrong, in words fit for the run's error message */
export const evaluate = (node: Node, scope: Scope): Value => reach(node, scope).value;

/** `ended` says that an optional access found nothing: the rest of its chain is null as well. */
function reach(node: Node, scope: Scope): { value: Value; ended: boolean } {
  switch (node.kind) {
    case 'literal':
      return { value: node.value, ended: false };
    case 'call':
      return { value: call(node.name, node.args, scope), ended: false };
    case 'access': {
      const target = reach(node.target, scope);
      if (target.ended || (node.optional && target.value === null)) return { value: null, ended: true };
      const found = member(target.value, evaluate(node.key, scope));
      if (found.value !== undefined) return { value: found.value, ended: node.optional && found.value === null };
      if (node.optional) return { value: null, ended: true };
      throw new ExpressionError(found.fault);
    }
  }
}

function member(target: Value, key: Value): { value: Value; fault: '' } | { value: undefined; fault: string } {
  if (Array.isArray(target)) {
    if (typeof key !== 'bigint') return { value: undefined, fault: `an array has no property '${textOf(key)}'` };
    const item = key < 0n ? undefined : target[Number(key)];
    if (item !== undefined) return { value: item, fault: '' };
    throw new ExpressionError(`the array index '${key}' is outside of the bounds (0, ${target.length - 1})`);
  }
  if (!isObject(target))
    return {
      value: undefined,
      fault: `property '${textOf(key)}' cannot be selected: the value is ${textOf(target) || 'null'}`,
    };
  if (typeof key !== 'string')
    return { value: undefined, fault: `an object is read by a name, not by '${textOf(key)}'` };
  const wanted = key.toLowerCase();
  const name = Object.hasOwn(target, key) ? key : Object.keys(target).find((known) => known.toLowerCase() === wanted);
  if (name !== undefined) return { value: target[name] as Value, fault: '' };
  const known = Object.keys(target).join(', ');
  return { value: undefined, fault: `property '${key}' doesn't exist, available properties are '${known}'` };
}

function call(name: string, args: Node[], scope: Scope): Value {
  const key = name.toLowerCase();
  const lazy: Evaluated[] = args.map((node) => () => evaluate(node, scope));
  const known = functions.get(key);
  if (known) return known(lazy);
  const context = Object.hasOwn(scope, key) ? scope[key] : undefined;
  if (context) return context(...lazy.map((arg) => arg()));
  throw new ExpressionError(`the function '${name}' is not known here`);
}
