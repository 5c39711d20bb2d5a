import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Start time of a process in clock ticks since boot, so that a re-used process id is not taken for the old holder. */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(holder: string): boolean {
  const [pid, started] = holder.trim().split(' ');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = startTime(Number(pid));
  return now === undefined || started === undefined || now === started;
}

/**
 * Takes the lock file of a store; a lock left by a killed process is taken over.
 * @returns gives the lock back
 * @throws when a living process holds it: two hosts on one journal would destroy it
 */
export function lockStore(directory: string): () => void {
  const lock = join(directory, 'lock');
  const mine = join(directory, `lock.${process.pid}`);
  writeFileSync(mine, `${process.pid} ${startTime(process.pid) ?? ''}\n`);
  try {
    for (;;) {
      try {
        linkSync(mine, lock);
        return () => rmSync(lock, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = readFileSync(lock, 'latin1');
      if (isAlive(holder)) {
        throw new Error(`The store ${directory} is in use by process ${holder.split(' ')[0]}; stop that host first`);
      }
      renameSync(lock, `${mine}.stale`);
      rmSync(`${mine}.stale`);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}
