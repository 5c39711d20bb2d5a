import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Catalog } from '../../contracts/catalog';
import type { Catalogs } from '../../ports/catalogs';
import { fromChunks, toChunks } from './chunks';
import { highestFirst, keyPart } from './keys';
import { patiently } from './patiently';
import { below, type Change, type Table } from './table';

const CATALOGS = 'catalogs';
const TICKS = 'ticks';
const VERSION = 'version:';

const keyOf = (version: string): string => `${VERSION}${highestFirst(version)}`;

/** Catalog versions under falling keys, inserted and never changed; the newest is the current one. */
export function tableCatalogs(table: Table, now: () => Date): Catalogs {
  /** A version never changes: a process reads it once. */
  const read = new Map<string, Catalog>();
  const current = async (): Promise<Catalog | null> => {
    const [row] = await table.range(CATALOGS, VERSION, below(VERSION), 1);
    return row ? Catalog.parse(fromChunks(row.values)) : null;
  };

  return {
    current,

    async get(version) {
      const known = read.get(version);
      if (known) return known;
      const row = await table.get(CATALOGS, keyOf(version));
      if (!row) return null;
      const catalog = Catalog.parse(fromChunks(row.values));
      read.set(version, catalog);
      return catalog;
    },

    publish: (content, actor) =>
      patiently('catalog', async () => {
        const before = await current();
        const next = Catalog.parse({ ...content, version: String(BigInt(before?.version ?? '0') + 1n) });
        if (before && isDeepStrictEqual({ ...next, version: before.version }, before)) return before;
        const values = { actor, at: now().toISOString(), ...toChunks(next) };
        return (await table.change(CATALOGS, [{ do: 'insert', key: keyOf(next.version), values }])) ? next : null;
      }),

    async servedTick(schedule) {
      const row = await table.get(TICKS, keyPart(schedule));
      return row?.values['tick'] ?? null;
    },

    serveTick(schedule, tick) {
      const key = keyPart(schedule);
      // Our own mark: when the answer to a write is lost, the row that we then find may be ours.
      const values = { tick, by: randomUUID() };
      return patiently(schedule, async () => {
        const row = await table.get(TICKS, key);
        if (row?.values['by'] === values.by) return { first: true };
        if (row && Date.parse(row.values['tick'] ?? '') >= Date.parse(tick)) return { first: false };
        const change: Change = row ? { do: 'replace', key, etag: row.etag, values } : { do: 'insert', key, values };
        return (await table.change(TICKS, [change])) ? { first: true } : null;
      }).then(({ first }) => first);
    },
  };
}
