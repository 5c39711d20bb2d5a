import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { takeLock } from '../../../../local/disk/lock';
import { type Identity, identify } from '../../../../local/supervisor/processes';

/** Happens behind somebody's back who has just read the lock. */
let meanwhile: (() => void) | undefined;
vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>();
  const readFileSync = (path: string, encoding: 'utf8') => {
    const text = fs.readFileSync(path, encoding);
    if (path.endsWith('/lock')) {
      const happens = meanwhile;
      meanwhile = undefined;
      happens?.();
    }
    return text;
  };
  return { ...fs, readFileSync };
});

let folder: string;
let path: string;
let other: ChildProcess;
let living: Identity;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-'));
  path = join(folder, 'lock');
  other = spawn('sleep', ['60'], { stdio: 'ignore' });
  living = identify(other.pid ?? 0) as Identity;
});
afterEach(() => {
  other.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const DEAD = JSON.stringify({ pid: process.pid, started: 'long ago' });

describe('takeLock', () => {
  test('gives the lock to the first and names the holder to the next', () => {
    expect(takeLock(path)).toBeNull();
    expect(takeLock(path)).toEqual(identify(process.pid));
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  test('takes over from a holder that was killed, and from half a lock', async () => {
    writeFileSync(path, JSON.stringify(living));
    expect(takeLock(path)).toEqual(living);
    const exit = once(other, 'exit');
    other.kill('SIGKILL');
    await exit;
    expect(takeLock(path)).toBeNull();
    writeFileSync(path, '{"pid":');
    expect(takeLock(path)).toBeNull();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(identify(process.pid));
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  test('leaves the lock to another who took over from the dead holder a moment before', () => {
    writeFileSync(path, DEAD);
    meanwhile = () => {
      rmSync(path);
      writeFileSync(path, JSON.stringify(living));
    };
    expect(takeLock(path)).toEqual(living);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(living);
  });

  test('takes over from one who was killed while taking over', () => {
    writeFileSync(path, DEAD);
    writeFileSync(`${path}.${createHash('sha256').update(DEAD).digest('hex')}`, `${DEAD}\n`);
    expect(takeLock(path)).toBeNull();
    expect(readdirSync(folder)).toEqual(['lock']);
  });
});
