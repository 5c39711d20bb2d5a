import { readdirSync, readFileSync } from 'node:fs';

/** What a process tree took: the most resident memory at one moment in MB (sampled), and seconds of CPU. */
export interface Taken {
  readonly peakMb: number;
  readonly cpuSeconds: number;
}

const TICKS_A_SECOND = 100;
const PAGE = 4096;
/** A look at all of /proc takes milliseconds from the cores that are measured. */
const EVERY_MS = 250;

/** Fields of /proc/<pid>/stat behind the name, which may hold blanks; undefined when the process is gone. */
function fields(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ');
  } catch {
    return undefined;
  }
}

/** A process and all below it that live now. */
function tree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(fields(Number(name))?.[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const all = [root];
  for (const pid of all) all.push(...(children.get(pid) ?? []));
  return all;
}

/** CPU seconds of one process and of its children that have ended, so far. */
export function cpuSeconds(pid: number): number {
  const found = fields(pid);
  if (found === undefined) return 0;
  return found.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_A_SECOND;
}

/** Watches a process tree (Linux only) until it is told to stop. Pages that processes share count for each of them. */
export function watch(root: number): () => Taken {
  const before = cpuSeconds(root);
  let [peak, cpu] = [0, before];
  const look = () => {
    const pids = tree(root);
    const resident = pids.reduce((sum, pid) => sum + Number(fields(pid)?.[21] ?? 0) * PAGE, 0);
    peak = Math.max(peak, resident);
    cpu = Math.max(
      cpu,
      pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0),
    );
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return () => {
    look();
    clearInterval(timer);
    return { peakMb: Math.round(peak / 2 ** 20), cpuSeconds: cpu - before };
  };
}
