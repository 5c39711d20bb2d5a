import { CONSTRAINTS } from './routeConstraints';

/** A compiled route of the ASP.NET Core grammar, which the Functions host uses. */
export interface Route {
  /** Route values of a path without leading slash, or undefined when it does not match. */
  match(path: string): Record<string, string> | undefined;
}

interface Parameter {
  readonly name: string;
  readonly group: string;
  readonly fallback: string | undefined;
  readonly checks: ((value: string) => boolean)[];
}

const PARAMETER = /\{(\*{0,2})([A-Za-z_]\w*)((?::[^(){}:?=]+(?:\((?:[^()]|\([^()]*\))*\))?)*)(?:=([^}]*))?(\?)?\}/g;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Compiles a route template; doubled braces inside `regex(...)` are not imitated.
 * @throws on an unknown constraint
 */
export function compileRoute(template: string): Route {
  const parameters: Parameter[] = [];
  const segments = splitSegments(template);
  const sources = segments.map((segment) => compileSegment(segment, parameters));
  const expression = new RegExp(`^${sources.join('')}/?$`, 'i');
  return { match: (path) => values(expression.exec(`/${path}`), parameters) };
}

/** Splits at slashes outside braces: a constraint may hold one. */
function splitSegments(template: string): string[] {
  const segments: string[] = [''];
  let depth = 0;
  for (const letter of template.replace(/^\/|\/$/g, '')) {
    if (letter === '{') depth += 1;
    if (letter === '}') depth -= 1;
    if (letter === '/' && depth === 0) segments.push('');
    else segments[segments.length - 1] += letter;
  }
  return segments.filter((segment) => segment !== '');
}

function compileSegment(segment: string, parameters: Parameter[]): string {
  const found = [...segment.matchAll(PARAMETER)];
  if (found.length === 0) return `/${escaped(segment)}`;
  let source = '';
  let end = 0;
  let optional = false;
  let catchAll = false;
  for (const [whole, stars = '', name = '', constraints = '', fallback, question] of found) {
    const at = segment.indexOf(whole, end);
    const isWhole = whole === segment;
    optional ||= isWhole && (question !== undefined || fallback !== undefined);
    catchAll ||= stars !== '';
    const group = `p${parameters.length}`;
    parameters.push({ name, group, fallback, checks: checksOf(constraints, name) });
    source += `${escaped(segment.slice(end, at))}(?<${group}>${stars === '' ? '[^/]+' : '.*'})`;
    end = at + whole.length;
  }
  source += escaped(segment.slice(end));
  return optional || catchAll ? `(?:/${source})?` : `/${source}`;
}

function checksOf(text: string, name: string): Parameter['checks'] {
  return [...text.matchAll(/:([a-z]+)(?:\(((?:[^()]|\([^()]*\))*)\))?/gi)].map(([, kind = '', argument = '']) => {
    const make = CONSTRAINTS[kind.toLowerCase()];
    if (make === undefined) throw new Error(`Route parameter {${name}} has the unknown constraint "${kind}"`);
    return make(argument);
  });
}

function values(match: RegExpExecArray | null, parameters: readonly Parameter[]): Record<string, string> | undefined {
  if (match === null) return undefined;
  const result: Record<string, string> = {};
  for (const { name, group, fallback, checks } of parameters) {
    const raw = match.groups?.[group];
    const value = raw === undefined || raw === '' ? fallback : decodeURIComponent(raw);
    if (value === undefined) continue;
    if (!checks.every((check) => check(value))) return undefined;
    result[name] = value;
  }
  return result;
}
