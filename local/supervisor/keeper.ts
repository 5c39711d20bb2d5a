import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endAll, type Identity, identify, isAlive, MARK } from './processes';
import type { Command, Service, ServiceState } from './service';

/** Keeps one service running: restarts it when it dies, until it is told to stop. */
export interface Keeper {
  readonly service: Service;
  readonly state: ServiceState;
  readonly process: Identity | null;
  readonly restarts: number;
  /** Starts it if it does not run; resolves when it is healthy, rejects when the first starts fail. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** After this long in good health a death counts as the first one again. */
const SETTLED_MS = 30_000;
/** So many starts in a row may fail before the one who asked for the service is told. */
const ATTEMPTS = 3;

/** What a keeper shares with the others of its stack. */
export interface Keeping {
  readonly state: string;
  readonly logs: string;
  /** Called after every change, before anything else happens: the record of processes must never lag behind. */
  changed(): void;
}

/** @param keeping where logs go and who hears of changes */
export function keeper(service: Service, keeping: Keeping): Keeper {
  let state: ServiceState = 'waiting';
  let process: Identity | null = null;
  let restarts = 0;
  let wanted = false;
  let loop: Promise<void> = Promise.resolve();

  const enter = (next: ServiceState) => {
    state = next;
    keeping.changed();
  };

  /** One life of the process: resolves when it has ended. */
  async function live(healthy: () => void): Promise<void> {
    const command = await service.command();
    // What has to be there first may take seconds, and nothing runs yet that a stop in between could end.
    if (!wanted) return;
    const child = launch(service, command, keeping);
    process = child.pid === undefined ? null : identify(child.pid);
    enter('starting');
    const gone = ended(child);
    const over = { value: false };
    void gone.then(() => {
      over.value = true;
    });
    const until = Date.now() + service.startLimitMs;
    while (!over.value && state === 'starting') {
      if ((await service.probe().catch(() => false)) && wanted) {
        enter('healthy');
        healthy();
      } else if (Date.now() > until) {
        await endGroup(child, process, service.graceMs);
      } else await Promise.race([gone, sleep(80)]);
    }
    await gone;
    killGroup(child);
    process = null;
    keeping.changed();
  }

  /** Life after life, until nobody wants it any more. */
  async function keep(healthy: () => void, failed: (error: Error) => void): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    for (let attempt = 1; wanted; attempt += 1) {
      const born = Date.now();
      await live(healthy).catch(failed);
      if (!wanted) break;
      if (attempt === ATTEMPTS) {
        failed(new Error(`${service.name} did not come up: see ${join(keeping.logs, `${service.name}.log`)}`));
      }
      restarts += 1;
      pause = Date.now() - born > SETTLED_MS ? FIRST_PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS);
      enter('restarting');
      for (const until = Date.now() + pause; wanted && Date.now() < until; ) await sleep(50);
    }
    enter('stopped');
  }

  return {
    service,
    get state() {
      return state;
    },
    get process() {
      return process;
    },
    get restarts() {
      return restarts;
    },
    start() {
      if (wanted) return untilHealthy(() => state);
      wanted = true;
      enter('waiting');
      const before = loop;
      return new Promise<void>((resolve, reject) => {
        loop = before.then(() => keep(resolve, reject));
      });
    },
    async stop() {
      wanted = false;
      if (process !== null) await endAll([process], service.graceMs);
      await loop;
    },
  };
}

async function untilHealthy(state: () => ServiceState): Promise<void> {
  while (state() !== 'healthy') {
    if (state() === 'stopped') throw new Error('the service was stopped');
    await sleep(50);
  }
}

function launch(service: Service, { file, args, env }: Command, { state, logs }: Keeping): ChildProcess {
  mkdirSync(logs, { recursive: true });
  const log = openSync(join(logs, `${service.name}.log`), 'a', 0o600);
  try {
    // A group of its own: an interrupt typed at a terminal is the supervisor's to handle, and grandchildren end with it.
    const child = spawn(file, args, {
      detached: true,
      stdio: ['pipe', log, log],
      env: { ...globalThis.process.env, ...env, TIDEMARK_STATE: state, [MARK]: state },
    });
    child.stdin?.on('error', () => child.stdin?.destroy());
    return child;
  } finally {
    closeSync(log);
  }
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });

async function endGroup(child: ChildProcess, process: Identity | null, graceMs: number): Promise<void> {
  if (process !== null && isAlive(process)) await endAll([process], graceMs);
  killGroup(child);
}

/** Whatever the dead process left behind of its group (a Java of Python, for instance). */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    globalThis.process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
