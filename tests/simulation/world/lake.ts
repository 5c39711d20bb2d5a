import { fakeLake } from '../../fakes/lake';

/** Containers of the lake, and a way for others than the app to write there, over what is there. */
export type LakeDisk = ReturnType<typeof fakeLake>;

/** The lake as a disk, with an eye on everything that is written to it. */
export function lakeDisk(now: () => Date, seen: (container: string, path: string, body: Uint8Array) => void): LakeDisk {
  const disk = fakeLake(now);
  return {
    ...disk,
    async put(container, path, body) {
      seen(container, path, body);
      await disk.put(container, path, body);
    },
    async putOnce(container, path, body) {
      const done = await disk.putOnce(container, path, body);
      if (done === 'created') seen(container, path, body);
      return done;
    },
  };
}
