import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeLock } from '../../../../local/supervisor/lock';
import { identify } from '../../../../local/supervisor/processes';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('takeLock', () => {
  test('gives the lock to the first and names the holder to the next', async () => {
    const path = join(folder, 'lock');
    expect(await takeLock(path)).toBeNull();
    expect(await takeLock(path)).toEqual(identify(process.pid));
  });

  test('takes over from a holder that was killed, and from half a lock', async () => {
    const path = join(folder, 'lock');
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    await writeFile(path, JSON.stringify(identify(child.pid ?? 0)));
    expect(await takeLock(path)).toMatchObject({ pid: child.pid });
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
    expect(await takeLock(path)).toBeNull();
    await writeFile(path, '{"pid":');
    expect(await takeLock(path)).toBeNull();
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
  });
});
