import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** A process, told apart from a later one with the same number by the moment it started. */
export const Identity = z.strictObject({ pid: z.int().positive(), started: z.string() });
export type Identity = z.infer<typeof Identity>;

const onLinux = existsSync('/proc/self/stat');

/** When a process started, as the system counts it; null when there is none (or only its zombie). */
export function startedAt(pid: number): string | null {
  try {
    if (!onLinux) {
      const answer = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] });
      return answer.toString().trim() || null;
    }
    // The name in parentheses may hold blanks, so fields are counted from its end; state is the first, start time the 20th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/** The identity of a running process; null when it is gone. */
export function identify(pid: number): Identity | null {
  const started = startedAt(pid);
  return started === null ? null : { pid, started };
}

/** Whether this very process still runs. */
export const isAlive = (process: Identity): boolean => startedAt(process.pid) === process.started;

/** The variable that marks every process of a stack, and the children of those; its value is the state directory. */
export const MARK = 'TIDEMARK_STATE_OWNER';

/** Every process of this stack that the system knows of, recorded or not. Only Linux can tell; elsewhere none. */
export function markedProcesses(state: string): Identity[] {
  if (!onLinux) return [];
  const mark = `\0${MARK}=${state}\0`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        if (!`\0${readFileSync(`/proc/${name}/environ`, 'latin1')}`.includes(Buffer.from(mark).toString('latin1')))
          return [];
      } catch {
        return []; // gone in between, or another user's
      }
      return identify(Number(name)) ?? [];
    });
}

function signal({ pid, started }: Identity, name: NodeJS.Signals): void {
  if (startedAt(pid) !== started) return;
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Ends these processes: politely, and after the grace for good. Never touches a process that took over a number. */
export async function endAll(processes: readonly Identity[], graceMs: number): Promise<void> {
  for (const process of processes) signal(process, 'SIGTERM');
  const until = Date.now() + graceMs;
  while (processes.some(isAlive) && Date.now() < until) await sleep(50);
  for (const process of processes) signal(process, 'SIGKILL');
  while (processes.some(isAlive)) await sleep(20);
}
