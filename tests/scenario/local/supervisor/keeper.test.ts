import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Keeper, keeper } from '../../../../local/supervisor/keeper';
import { layoutOf } from '../../../../local/supervisor/layout';
import { endOrphans } from '../../../../local/supervisor/orphans';
import { identify, isAlive, MARK, markedProcesses } from '../../../../local/supervisor/processes';
import { writeRecord } from '../../../../local/supervisor/record';
import type { Service } from '../../../../local/supervisor/service';
import { freePort } from '../../../support/process';

let state: string;
let port: number;
let running: Keeper | undefined;

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'tidemark-keeper-'));
  port = await freePort();
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(state, { recursive: true, force: true });
});

const listens = () =>
  new Promise<boolean>((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => socket.destroy()).unref();
  });

/** A service that is a few lines of JavaScript. */
const serviceOf = (script: string): Service => ({
  name: 'lake',
  after: [],
  startLimitMs: 4000,
  graceMs: 500,
  command: async () => ({ file: process.execPath, args: ['-e', script], env: { PORT: String(port) } }),
  probe: listens,
});

const SERVER = `require('net').createServer((s) => s.end()).listen(process.env.PORT, '127.0.0.1');`;
const CHILD = `require('child_process').spawn('sleep', ['60'], { stdio: 'ignore' });`;

const keep = (script: string, more: Partial<Service> = {}) => {
  running = keeper({ ...serviceOf(script), ...more }, { state, logs: join(state, 'logs'), changed: () => undefined });
  return running;
};

describe('a keeper', () => {
  test('starts a service again after it was killed, and what the dead one left of its group goes too', async () => {
    const service = keep(CHILD + SERVER);
    await service.start();
    const first = service.process;
    expect(markedProcesses(state)).toHaveLength(2);
    process.kill(first?.pid ?? 0, 'SIGKILL');
    await expect.poll(() => `${service.restarts} ${service.state}`, { timeout: 10_000 }).toBe('1 healthy');
    expect(service.process?.pid).not.toBe(first?.pid);
    expect(markedProcesses(state)).toHaveLength(2);
  });

  test('stops a service that ignores the polite word, and does not start it again', async () => {
    const service = keep(`process.on('SIGTERM', () => undefined); ${SERVER}`);
    await service.start();
    const itself = service.process;
    await service.stop();
    expect(service.state).toBe('stopped');
    expect(itself !== null && isAlive(itself)).toBe(false);
    await service.start();
    expect(service.state).toBe('healthy');
  });

  test('that is stopped while a service is about to be spawned starts nothing', async () => {
    const slow = async () => {
      await sleep(400);
      return serviceOf(SERVER).command();
    };
    const service = keep(SERVER, { command: slow });
    void service.start();
    await sleep(100);
    await service.stop();
    expect(service.state).toBe('stopped');
    expect(markedProcesses(state)).toEqual([]);
  });

  test('that is stopped while it looks at its service tells nobody that it is healthy', async () => {
    const told: string[] = [];
    const slow = async () => {
      await sleep(200);
      return true;
    };
    const service = keep(SERVER, { probe: slow });
    void service.start().then(() => told.push('healthy'));
    await expect.poll(() => service.process).not.toBeNull();
    await service.stop();
    expect(told).toEqual([]);
  });

  test('tells after three failed starts where to read why', async () => {
    const service = keep(`console.error('no licence'); process.exit(3);`);
    await expect(service.start()).rejects.toThrow(/lake did not come up: see .*lake\.log/);
    expect(await readFile(join(state, 'logs/lake.log'), 'utf8')).toContain('no licence\n'.repeat(3));
  });
});

test('what a killed supervisor left is ended by the next one; a process with a recycled number is not', async () => {
  const spawned = (mark: Record<string, string>) =>
    spawn(process.execPath, ['-e', CHILD + SERVER], {
      stdio: 'ignore',
      env: { ...process.env, PORT: String(port), ...mark },
    });
  const left = spawned({ [MARK]: state });
  const bystander = spawned({ PORT: '0' });
  await expect.poll(() => markedProcesses(state).length).toBe(2);
  const ours = markedProcesses(state);
  const [itself, other] = [identify(left.pid ?? 0), identify(bystander.pid ?? 0)];
  if (itself === null || other === null) throw new Error('not running');
  const layout = layoutOf({ TIDEMARK_STATE: state });
  const entry = { name: 'lake', state: 'healthy' as const, port, url: '', restarts: 0 };
  writeRecord(layout.record, {
    supervisor: { pid: 1, started: 'long ago' },
    phase: 'ready',
    doing: '',
    control: '',
    services: [
      { ...entry, process: itself },
      { ...entry, process: { ...other, started: 'before' } },
    ],
  });
  try {
    expect((await endOrphans(layout)).map(({ pid }) => pid).sort()).toEqual(ours.map(({ pid }) => pid).sort());
    expect([...ours, other].map(isAlive)).toEqual([false, false, true]);
  } finally {
    bystander.kill('SIGKILL');
  }
});
