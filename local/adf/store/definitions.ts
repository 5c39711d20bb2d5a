import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDirectory, writeDurable } from '../../disk/durable';
import { ownDirectory } from '../../disk/ownDirectory';
import type { Kind } from '../definition/check';

/** A stored definition: its properties exactly as they came. */
export interface Stored {
  readonly name: string;
  readonly etag: string;
  readonly properties: unknown;
}

/** Pipelines, data sets and linked services, one file each. */
export interface Definitions {
  get(kind: Kind, name: string): Stored | undefined;
  list(kind: Kind): Stored[];
  put(kind: Kind, name: string, properties: unknown): Promise<Stored>;
  remove(kind: Kind, name: string): Promise<void>;
}

const KINDS: readonly Kind[] = ['pipelines', 'datasets', 'linkedservices'];

export async function definitions(directory: string): Promise<Definitions> {
  const known = new Map<string, Stored>();
  const key = (kind: Kind, name: string) => `${kind}/${name.toLowerCase()}`;
  const file = (kind: Kind, name: string) => join(directory, kind, `${encodeURIComponent(name)}.json`);
  const stored = (name: string, text: string): Stored => ({
    name,
    etag: createHash('sha256').update(text).digest('hex').slice(0, 32),
    properties: JSON.parse(text) as unknown,
  });
  for (const kind of KINDS) {
    for (const entry of (await ownDirectory(join(directory, kind))).filter((one) => one.endsWith('.json'))) {
      const name = decodeURIComponent(entry.slice(0, -'.json'.length));
      known.set(key(kind, name), stored(name, await readFile(file(kind, name), 'utf8')));
    }
  }
  return {
    get: (kind, name) => known.get(key(kind, name)),
    list: (kind) =>
      [...known]
        .filter(([at]) => at.startsWith(`${kind}/`))
        .map(([, one]) => one)
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    async put(kind, name, properties) {
      const text = JSON.stringify(properties);
      await writeDurable(file(kind, known.get(key(kind, name))?.name ?? name), text);
      const fresh = stored(known.get(key(kind, name))?.name ?? name, text);
      known.set(key(kind, name), fresh);
      return fresh;
    },
    async remove(kind, name) {
      known.delete(key(kind, name));
      await rm(file(kind, name), { force: true });
      await syncDirectory(join(directory, kind));
    },
  };
}
