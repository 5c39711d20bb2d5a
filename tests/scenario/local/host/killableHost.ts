import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');

/** A host in a process of its own, which may be killed at any moment. */
export interface KillableHost {
  readonly process: ChildProcess;
  /** Base URL once it listens; undefined when it ended before. */
  readonly ready: Promise<string | undefined>;
  readonly ended: Promise<{ code: number | null; stderr: string }>;
}

/** Starts `local/host/main.ts` on a free port. */
export function killableHost(state: string, app: string, notes: string): KillableHost {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'local/host/main.ts')], {
    cwd: root,
    env: {
      ...process.env,
      TIDEMARK_STATE: state,
      TIDEMARK_APP: app,
      TIDEMARK_PORT: '0',
      KILL_NOTES: notes,
      NO_PROXY: '127.0.0.1,localhost',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) =>
    child.once('exit', (code) => resolve({ code, stderr })),
  );
  const listening = new Promise<string>((resolve) => {
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (out.includes('listening on')) return;
      out += chunk.toString();
      const url = /listening on (\S+)\n/.exec(out)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  return { process: child, ready: Promise.race([listening, ended.then(() => undefined)]), ended };
}
