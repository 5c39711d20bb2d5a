import type { Registered } from '../core/core';
import { triggerOf } from '../core/trigger';
import { compileRoute, type Route } from './routeTemplate';

export interface Matched {
  readonly called: Registered;
  readonly params: Record<string, string>;
}

interface Entry {
  readonly called: Registered;
  readonly route: Route;
  readonly methods: ReadonlySet<string> | undefined;
}

export type RouteTable = (method: string, path: string) => Matched | undefined;

/**
 * Finds the HTTP function for a method and a path. The method is part of the match, so a wrong one is a 404 as in the real
 * host. As there, the first route that fits is taken in the order of the functions' names, however specific it is:
 * FunctionMetadataManager.cs and WebScriptHostHttpRoutesManager.cs of Azure/azure-functions-host.
 */
export function routeTable(functions: Iterable<Registered>, prefix: string): RouteTable {
  const entries: Entry[] = [];
  for (const called of functions) {
    const trigger = triggerOf(called.metadata);
    if (trigger.type.toLowerCase() !== 'httptrigger') continue;
    const own = typeof trigger['route'] === 'string' ? trigger['route'] : called.metadata.name;
    const methods = Array.isArray(trigger['methods'])
      ? new Set(trigger['methods'].map((m) => String(m).toUpperCase()))
      : undefined;
    entries.push({ called, methods, route: compileRoute([prefix, own].filter((part) => part !== '').join('/')) });
  }
  const nameOf = ({ called }: Entry) => called.metadata.name.toUpperCase();
  entries.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return (method, path) => {
    for (const { called, methods, route } of entries) {
      if (methods !== undefined && !methods.has(method)) continue;
      const params = route.match(path);
      if (params !== undefined) return { called, params };
    }
    return undefined;
  };
}
