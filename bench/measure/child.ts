import { spawn } from 'node:child_process';
import { type Taken, watch } from './processes';

/** How a program went: wall time from start to exit in seconds, and what its process tree took. */
export interface Ran extends Taken {
  readonly seconds: number;
}

/**
 * Runs a program to its end.
 * @throws Error with the end of what it said on stderr when it fails
 */
export async function runChild(file: string, args: readonly string[], env: Record<string, string>): Promise<Ran> {
  const started = performance.now();
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = child.pid === undefined ? undefined : watch(child.pid);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  const seconds = (performance.now() - started) / 1000;
  const taken = stop?.() ?? { peakMb: 0, cpuSeconds: 0 };
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${code}:\n${said}`);
  return { seconds, ...taken };
}
