import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncDirectory, writeDurable } from '../disk/durable';
import { readJson } from '../disk/readJson';
import { serialized } from '../disk/serialized';

const Version = z.object({
  version: z.string(),
  value: z.string(),
  contentType: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
  enabled: z.boolean(),
  /** Epoch seconds, as on the wire. */
  created: z.int(),
  updated: z.int(),
  nbf: z.int().optional(),
  exp: z.int().optional(),
});
export type Version = z.infer<typeof Version>;

/** A secret with all its versions, oldest first; `deleted` is the time of a soft delete in epoch seconds. */
const Secret = z.object({ name: z.string(), versions: z.array(Version), deleted: z.int().optional() });
export type Secret = z.infer<typeof Secret>;

/** Secrets on disk, one file each. Names are told apart without regard to case, as Key Vault does. */
export interface Secrets {
  get(name: string): Promise<Secret | undefined>;
  list(): Promise<Secret[]>;
  /** Reads, changes and stores one secret; changes of the same secret never interleave. `undefined` removes it. */
  change<R>(name: string, step: (now: Secret | undefined) => { store?: Secret | 'remove'; answer: R }): Promise<R>;
}

export function secretsIn(directory: string): Secrets {
  const path = (name: string) => join(directory, `${name.toLowerCase()}.json`);
  const inTurn = serialized();
  const get = (name: string) => readJson(path(name), Secret);
  return {
    get,
    async list() {
      await mkdir(directory, { recursive: true });
      const files = (await readdir(directory)).filter((file) => file.endsWith('.json')).sort();
      const all = await Promise.all(files.map((file) => readJson(join(directory, file), Secret)));
      return all.filter((secret) => secret !== undefined);
    },
    change: (name, step) =>
      inTurn(name.toLowerCase(), async () => {
        const { store, answer } = step(await get(name));
        if (store === 'remove') {
          await rm(path(name), { force: true });
          await syncDirectory(directory);
        } else if (store) await writeDurable(path(name), JSON.stringify(store, null, 2));
        return answer;
      }),
  };
}
