import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { launch } from '../../../../local/cli/up';
import { layoutOf } from '../../../../local/supervisor/layout';
import { identify, isAlive } from '../../../../local/supervisor/processes';
import { writeRecord } from '../../../../local/supervisor/record';

/** Every pause counts as ten minutes. */
vi.mock('node:timers/promises', async (load) => {
  const timers = await load<typeof import('node:timers/promises')>();
  const setTimeout = async () => {
    await timers.setTimeout(1);
    vi.setSystemTime(Date.now() + 600_000);
  };
  return { ...timers, setTimeout };
});

let state: string;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  state = await mkdtemp(join(tmpdir(), 'tidemark-launch-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(state, { recursive: true, force: true });
});

test.each(['stopping', 'failed'] as const)(
  'a supervisor that hangs, %s, is ended before another starts',
  async (phase) => {
    const hangs = spawn('sleep', ['60'], { stdio: 'ignore' });
    const deaf = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(deaf, 'listening');
    const supervisor = identify(hangs.pid ?? 0);
    if (supervisor === null) throw new Error('not running');
    try {
      // Without a build no other supervisor comes up.
      const layout = { ...layoutOf({ TIDEMARK_STATE: state }), root: state };
      const control = `http://127.0.0.1:${(deaf.address() as AddressInfo).port}`;
      writeRecord(layout.record, { supervisor, phase, doing: '', control, services: [] });
      const said: string[] = [];
      await expect(launch(layout, (line) => said.push(line))).rejects.toThrow('the supervisor did not start');
      expect(isAlive(supervisor)).toBe(false);
      expect(said).toEqual(['Waiting until the stack that ran before has ended']);
    } finally {
      hangs.kill('SIGKILL');
      deaf.closeAllConnections();
      deaf.close();
    }
  },
);
