import { isDeepStrictEqual } from 'node:util';
import { Catalog } from '../../shared/contracts/catalog';
import type { Catalogs } from '../../shared/ports/catalogs';

/** Catalog versions in memory. */
export function fakeCatalogs(): Catalogs {
  const versions: Catalog[] = [];
  const ticks = new Map<string, string>();
  return {
    current: async () => versions.at(-1) ?? null,
    get: async (version) => versions.find((one) => one.version === version) ?? null,
    async publish(content) {
      const current = versions.at(-1);
      const next = Catalog.parse({ ...content, version: String(versions.length + 1) });
      if (current && isDeepStrictEqual({ ...next, version: current.version }, current)) return current;
      versions.push(next);
      return next;
    },
    servedTick: async (schedule) => ticks.get(schedule) ?? null,
    async serveTick(schedule, tick) {
      const served = ticks.get(schedule);
      if (served !== undefined && Date.parse(served) >= Date.parse(tick)) return false;
      ticks.set(schedule, tick);
      return true;
    },
  };
}
