import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Identity, identify, isAlive } from './processes';

/**
 * Takes the lock of a state directory for this process; a lock whose holder is dead is taken over.
 * @returns null when it is ours now, else who holds it
 */
export async function takeLock(path: string): Promise<Identity | null> {
  const me = identify(process.pid);
  if (me === null) throw new Error('this process is not in the process table');
  const mine = JSON.stringify(me);
  for (;;) {
    try {
      await writeFile(path, mine, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = await lockHolder(path);
      if (holder !== null && isAlive(holder)) return holder;
      await rm(path, { force: true });
      continue;
    }
    // Two takers of a dead lock may remove each other's: the one whose text stays has it.
    await sleep(60);
    if ((await readFile(path, 'utf8').catch(() => '')) === mine) return null;
  }
}

/** Who wrote the lock; null when there is none or half of one. */
export async function lockHolder(path: string): Promise<Identity | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  try {
    return JSON.parse(text) as Identity;
  } catch {
    return null;
  }
}
