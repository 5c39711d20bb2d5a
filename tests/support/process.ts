import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** One server of the local Azure as a real process. */
export interface LocalProcess {
  readonly child: ChildProcess;
  /** SIGKILL, as a crash would. */
  kill(): Promise<void>;
  /** SIGTERM; resolves to the exit code. */
  end(): Promise<number | null>;
}

/** Starts `local/<name>/main.ts` and waits for the line that says it listens. */
export async function localProcess(name: string, environment: Record<string, string>): Promise<LocalProcess> {
  const root = join(__dirname, '../..');
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, `local/${name}/main.ts`)], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk;
      if (said.includes('listens on')) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it listened:\n${said}`)));
  });
  const stop = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exit = once(child, 'exit');
    child.kill(signal);
    return (await exit)[0] as number | null;
  };
  return { child, kill: async () => void (await stop('SIGKILL')), end: () => stop('SIGTERM') };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
