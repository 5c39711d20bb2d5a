import { randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const Keys = z.object({
  master: z.string(),
  host: z.string(),
  functions: z.record(z.string(), z.string()),
  systems: z.record(z.string(), z.string()),
});
export type Keys = z.infer<typeof Keys>;

const fresh = (): string => randomBytes(32).toString('base64url');

/** The keys of a store, completed by new random ones for names that have none yet. */
export function completeKeys(stored: unknown, functions: readonly string[], systems: readonly string[]): Keys {
  const keys: Keys =
    stored === undefined ? { master: fresh(), host: fresh(), functions: {}, systems: {} } : Keys.parse(stored);
  const complete = (present: Record<string, string>, names: readonly string[]) => ({
    ...Object.fromEntries(names.map((name) => [name, fresh()])),
    ...present,
  });
  return { ...keys, functions: complete(keys.functions, functions), systems: complete(keys.systems, systems) };
}

const isSame = (a: string, b: string | undefined): boolean =>
  b !== undefined && a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** The key of a request: header `x-functions-key`, else query `code`. */
export const keyOf = (request: Request, url: URL): string =>
  request.headers.get('x-functions-key') ?? url.searchParams.get('code') ?? '';

/** True when a key opens a function of that authorization level. */
export function opensFunction(keys: Keys, level: unknown, name: string, key: string): boolean {
  const authLevel = String(level ?? 'function').toLowerCase();
  if (authLevel === 'anonymous' || isSame(key, keys.master)) return true;
  return authLevel === 'function' && (isSame(key, keys.host) || isSame(key, keys.functions[name]));
}

/** True when a key opens the webhooks of an extension. */
export const opensSystem = (keys: Keys, extension: string, key: string): boolean =>
  isSame(key, keys.master) || isSame(key, keys.systems[`${extension}_extension`]);

export const opensAdmin = (keys: Keys, key: string): boolean => isSame(key, keys.master);
