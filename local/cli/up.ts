import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { authority } from '../http/certs';
import type { Layout } from '../supervisor/layout';
import type { Record } from '../supervisor/record';
import { endSupervisor } from './down';
import { exits, Fault } from './fault';
import { findRunning, type Running } from './running';

const LIMIT_MS = 240_000;

/** Starts the supervisor, detached, unless one runs. Returns at once: see {@link untilReady}. */
export async function launch(layout: Layout, say: (line: string) => void): Promise<void> {
  const running = await findRunning(layout);
  if (running !== undefined) {
    if (running.record.phase !== 'failed' && running.record.phase !== 'stopping') return;
    say('Waiting until the stack that ran before has ended');
    await endSupervisor(running);
  }
  const { caPath } = await authority(join(layout.state, 'tls'));
  mkdirSync(layout.logs, { recursive: true });
  const log = openSync(join(layout.logs, 'supervisor.log'), 'a', 0o600);
  const child = spawn(process.execPath, ['--enable-source-maps', join(layout.root, 'dist/local/supervisor/main.js')], {
    detached: true,
    cwd: layout.root,
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      TIDEMARK_STATE: layout.state,
      NODE_EXTRA_CA_CERTS: caPath,
      NO_PROXY: '127.0.0.1,localhost',
    },
  });
  closeSync(log);
  child.unref();
  const until = Date.now() + 20_000;
  while ((await findRunning(layout)) === undefined) {
    if (Date.now() > until || child.exitCode !== null) throw await failed(layout, 'the supervisor did not start');
    await sleep(50);
  }
}

/**
 * Waits until all services are healthy and the stack is provisioned.
 * @param only resolves as soon as these services are healthy, provisioned or not
 * @throws Fault with the end of the log of what failed
 */
export async function untilReady(layout: Layout, say: (line: string) => void, only?: string[]): Promise<Running> {
  const told = new Set<string>();
  const since = Date.now();
  for (;;) {
    const running = await findRunning(layout);
    if (running === undefined) throw await failed(layout, 'the supervisor ended');
    const { record } = running;
    for (const line of news(record, told)) say(`${((Date.now() - since) / 1000).toFixed(1).padStart(5)} s  ${line}`);
    if (record.phase === 'failed') throw await failed(layout, record.doing);
    const healthy = (name: string) => record.services.some((one) => one.name === name && one.state === 'healthy');
    if (only === undefined ? record.phase === 'ready' : only.every(healthy)) return running;
    if (Date.now() - since > LIMIT_MS) {
      const missing = record.services.filter(({ state }) => state !== 'healthy').map(({ name }) => name);
      throw await failed(layout, `still waiting for ${missing.join(', ') || record.doing} after ${LIMIT_MS / 1000} s`);
    }
    await sleep(80);
  }
}

function* news(record: Record, told: Set<string>): Generator<string> {
  for (const { name, state, url, restarts } of record.services) {
    const key = `${name} ${state} ${restarts}`;
    if (told.has(key) || state === 'waiting' || state === 'starting') continue;
    told.add(key);
    yield state === 'healthy' ? `${name.padEnd(10)} ${url}` : `${name.padEnd(10)} ${state}`;
  }
  if (record.doing !== '' && record.doing !== 'starting' && !told.has(record.doing)) {
    told.add(record.doing);
    yield record.doing;
  }
}

async function failed(layout: Layout, why: string): Promise<Fault> {
  const log = /\b([a-z]+)\.log\b/.exec(why)?.[1] ?? 'supervisor';
  const text = await readFile(join(layout.logs, `${log}.log`), 'utf8').catch(() => '');
  const tail = text.trimEnd().split('\n').slice(-12).join('\n');
  return new Fault(
    exits.dependency,
    'STACK_FAILED',
    `The local stack is not up: ${why}\n${tail}`,
    `Read ${layout.logs}, then \`tidemark up\` again, or \`tidemark reset\` to begin anew.`,
  );
}
