import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const built = join(root, 'dist/local/host/main.js');

/** What is started: the built host if there is one, else the source through tsx, which is slower to start. */
export const startedFrom = existsSync(built) ? 'dist' : 'source';

/** Milliseconds from process start to the line "listening" of a host on an empty hub; the certificates are there already. */
export async function startUp(state: string, app: string): Promise<number> {
  const program = startedFrom === 'dist' ? [built] : ['--import', 'tsx', join(root, 'local/host/main.ts')];
  const started = performance.now();
  const child = spawn(process.execPath, program, {
    cwd: root,
    env: { ...process.env, TIDEMARK_STATE: state, TIDEMARK_APP: app, TIDEMARK_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('listening')) resolve();
    });
    void ended.then(() => reject(new Error('the host ended before it listened')));
  });
  const elapsed = performance.now() - started;
  child.kill('SIGTERM');
  await ended;
  return elapsed;
}
