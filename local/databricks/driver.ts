import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** What the Python driver tells, one line of JSON each. */
const Told = z.discriminatedUnion('op', [
  z.object({ op: z.literal('up') }),
  z.object({ op: z.literal('secret'), id: z.string(), scope: z.string(), key: z.string() }),
  z.object({
    op: z.literal('ended'),
    id: z.string(),
    outcome: z.enum(['success', 'failed', 'cancelled']),
    result: z.string().nullish(),
    error: z.string().optional(),
    trace: z.string().optional(),
  }),
]);
export type Told = z.infer<typeof Told>;

export type Order =
  | { op: 'run'; id: string; notebook: string; parameters: Record<string, string> }
  | { op: 'cancel'; id: string }
  | { op: 'secret'; id: string; value?: string; error?: string };

/** One life of the Spark driver. */
export interface Driver {
  order(order: Order): void;
  /** Kills Python and Java at once. */
  kill(): void;
}

export interface DriverSettings {
  readonly python: string;
  readonly notebooks: string;
  readonly directory: string;
  /** The folder of driver.py; the compiled server lies elsewhere than its Python sources. */
  readonly sources: string;
}

/**
 * Starts `driver.py` in a process group of its own, logging to `<directory>/driver.log`.
 * @param onEnd called once, when the process is gone, with how it went
 */
export function startDriver(
  settings: DriverSettings,
  onTold: (told: Told) => void,
  onEnd: (how: string) => void,
): Driver {
  mkdirSync(settings.directory, { recursive: true });
  const log = openSync(join(settings.directory, 'driver.log'), 'a');
  const child: ChildProcess = spawn(settings.python, ['-u', join(settings.sources, 'driver.py')], {
    detached: true,
    stdio: ['pipe', 'pipe', log],
    cwd: settings.directory,
    env: {
      ...process.env,
      PYSPARK_PYTHON: settings.python,
      TIDEMARK_NOTEBOOKS: settings.notebooks,
      TIDEMARK_SPARK: join(settings.directory, 'spark'),
    },
  });
  closeSync(log);
  const kill = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  };
  let over = false;
  const end = (how: string) => {
    if (over) return;
    over = true;
    // Python may have died alone; its Java must not outlive it.
    kill();
    onEnd(how);
  };
  child.once('error', (error) => end(`${settings.python} cannot be started: ${error.message}`));
  child.once('exit', (code, signal) => end(`the driver ended with ${signal ?? `exit code ${code}`}`));
  // A driver that dies takes the pipe with it; its exit is what counts.
  child.stdin?.on('error', () => undefined);
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!over) onTold(Told.parse(JSON.parse(line)));
    });
  }
  return { order: (order) => void child.stdin?.write(`${JSON.stringify(order)}\n`), kill };
}
