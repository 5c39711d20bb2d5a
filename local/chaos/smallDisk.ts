import { execFile } from 'node:child_process';
import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Scenario } from './scenario';

const run = promisify(execFile);
const SIZE = '3g';
const ROOM = 256 * 1024;

/** A disk of its own that may be filled without harm to anybody else. */
export interface SmallDisk {
  /** Whether there is one: it takes root, and Linux. */
  readonly real: boolean;
  end(): Promise<void>;
}

/** Mounts a small disk at a folder; one that an interrupted run left there is taken over. */
export async function smallDisk(folder: string): Promise<SmallDisk> {
  await mkdir(folder, { recursive: true });
  const mounted = () =>
    run('mountpoint', ['-q', folder]).then(
      () => true,
      () => false,
    );
  if (!(await mounted()))
    await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tidemark-chaos', folder]).catch(() => undefined);
  const real = await mounted();
  return {
    real,
    async end() {
      if (real) await run('umount', [folder]);
    },
  };
}

/** Takes all of the disk but a little, until it is given back. */
async function fill(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'filler');
  const { bavail, bsize } = await statfs(folder);
  const handle = await open(file, 'w');
  const block = Buffer.alloc(1024 * 1024);
  try {
    for (let left = bavail * bsize - ROOM; left > 0; left -= block.length)
      await handle.write(block, 0, Math.min(block.length, left));
  } finally {
    await handle.close();
  }
  return () => rm(file, { force: true });
}

export const diskFull: Scenario = {
  name: 'disk-full',
  what: 'the disk of the whole stack is full while a window is copied, and has room again afterwards',
  async play(world) {
    await world.live();
    const release = await fill(world.layout.state);
    try {
      const asked = await world.start('users').catch(() => undefined);
      // With no room the record of a run may not even be written: then nothing was promised.
      if (asked !== undefined)
        await world
          .until(
            'a step to fail',
            ({ steps }) => steps.some((step) => step.run === asked && step.status === 'Failed'),
            60_000,
          )
          .catch(() => undefined);
    } finally {
      await release();
    }
    return 1;
  },
};
