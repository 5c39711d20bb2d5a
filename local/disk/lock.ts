import { createHash } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Identity, identify, isAlive } from '../supervisor/processes';

/**
 * Takes a lock file for this process; a lock whose holder is dead is taken over. Who has it removes the file to give it
 * back.
 * @returns null when it is ours now, else who holds it or is about to
 */
export function takeLock(path: string): Identity | null {
  const me = identify(process.pid);
  if (me === null) throw new Error('this process is not in the process table');
  const mine = `${path}.${process.pid}`;
  // One that was killed may have left this name, and it may be the lock itself by now: removed, never written over.
  rmSync(mine, { force: true });
  writeFileSync(mine, JSON.stringify(me), { flag: 'wx', mode: 0o600 });
  try {
    return take(path, mine);
  } finally {
    rmSync(mine, { force: true });
  }
}

function take(path: string, mine: string): Identity | null {
  while (!linked(mine, path)) {
    const text = textOf(path);
    if (text === undefined) continue;
    const holder = holderIn(text);
    if (holder !== null && isAlive(holder)) return holder;
    // Of several who see the same dead holder one at a time may remove its lock, and only while it is still that one:
    // a lock that somebody took meanwhile must not go. This right is a lock itself, whose holder may have been killed.
    const right = `${path}.${createHash('sha256').update(text).digest('hex')}`;
    const other = take(right, mine);
    if (other !== null) return other;
    if (textOf(path) === text) rmSync(path);
    rmSync(right);
  }
  return null;
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

/** Who wrote a lock; null when it is half of one. */
function holderIn(text: string): Identity | null {
  try {
    return Identity.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
