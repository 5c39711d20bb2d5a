import { type FSWatcher, watch } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Layout } from '../supervisor/layout';
import { exits, Fault } from './fault';

const TAIL_BYTES = 16_384;

/** Prints the end of one service's log, or of all; with `follow` goes on until interrupted. */
export async function logs(layout: Layout, name: string | undefined, options: { follow?: boolean }): Promise<number> {
  const there = (await readdir(layout.logs).catch(() => [])).filter((file) => file.endsWith('.log')).sort();
  const wanted = name === undefined ? there : there.filter((file) => file === `${name}.log`);
  if (wanted.length === 0) {
    const names = there.map((file) => file.slice(0, -'.log'.length)).join(', ');
    throw new Fault(
      exits.usage,
      'NOT_FOUND',
      `There is no log of ${name ?? 'any service'}.`,
      `There are: ${names || 'none yet'}.`,
    );
  }
  const label = (file: string) => (wanted.length > 1 ? `${file.slice(0, -'.log'.length).padEnd(10)} | ` : '');
  const ends = await Promise.all(wanted.map((file) => print(join(layout.logs, file), label(file), null)));
  if (!options.follow) return exits.ok;
  const watchers: FSWatcher[] = wanted.map((file, at) => {
    let from = ends[at] ?? 0;
    let turn: Promise<void> = Promise.resolve();
    return watch(join(layout.logs, file), () => {
      turn = turn.then(async () => {
        from = await print(join(layout.logs, file), label(file), from);
      });
    });
  });
  await new Promise((resolve) => process.once('SIGTERM', resolve));
  for (const one of watchers) one.close();
  return exits.ok;
}

/**
 * Prints a file from an offset; null starts near its end, at a whole line.
 * @returns the offset to go on from
 */
async function print(path: string, label: string, from: number | null): Promise<number> {
  const { size } = await stat(path);
  const start = from ?? Math.max(0, size - TAIL_BYTES);
  if (size <= start) return size;
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    const text = buffer.toString('utf8');
    const whole = from === null && start > 0 ? text.slice(text.indexOf('\n') + 1) : text;
    const lines = whole.replace(/\n$/, '').split('\n');
    process.stdout.write(`${lines.map((line) => `${label}${line}`).join('\n')}\n`);
  } finally {
    await file.close();
  }
  return size;
}
