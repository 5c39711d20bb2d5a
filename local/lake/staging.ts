import { constants } from 'node:fs';
import { appendFile, copyFile, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pour } from './body';
import { type Layout, stagingOf } from './layout';
import type { Node } from './node';
import { scratch } from './publish';
import type { Target } from './target';

/** A range of appended bytes, `from` inclusive, `to` exclusive. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Writes appended bytes at their own position into a sparse file and notes the range once it is complete; the note
 * names the state of the file it extends, so leftovers of an earlier state never count.
 */
export async function append(
  where: Layout,
  target: Target,
  node: Node,
  position: number,
  body: AsyncIterable<Uint8Array>,
  headers: Headers,
): Promise<number> {
  const directory = stagingOf(where, target);
  await mkdir(directory, { recursive: true });
  const data = await open(join(directory, 'data'), constants.O_RDWR | constants.O_CREAT, 0o644);
  try {
    const length = await pour(body, data, position, headers);
    await appendFile(join(directory, 'ranges'), `${node.key} ${position} ${position + length}\n`);
    return position + length;
  } finally {
    await data.close();
  }
}

/** How far the bytes of a path reach without a gap, from its committed size on. */
export async function reach(where: Layout, target: Target, node: Node): Promise<number> {
  const ranges = await rangesOf(where, target, node);
  ranges.sort((a, b) => a.from - b.from);
  return ranges.reduce((end, { from, to }) => (from <= end && to > end ? to : end), node.size);
}

async function rangesOf(where: Layout, target: Target, node: Node): Promise<Range[]> {
  const text = await readFile(join(stagingOf(where, target), 'ranges'), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    },
  );
  const lines = text.split('\n').map((line) => line.split(' '));
  return lines
    .filter(([key, , to]) => key === node.key && to)
    .map(([, from, to]) => ({ from: Number(from), to: Number(to) }));
}

/** Makes a complete file of the committed bytes and the appended ones up to `end`, ready to be published. */
export async function assemble(where: Layout, target: Target, node: Node, file: string, end: number, retain: boolean) {
  const data = join(stagingOf(where, target), 'data');
  if (node.size === 0 && !retain) {
    const handle = await open(data, 'r+');
    await handle.truncate(end);
    await handle.close();
    return data;
  }
  const fresh = scratch(where, 'new');
  await copyFile(file, fresh);
  await copyRange(data, fresh, node.size, end);
  return fresh;
}

/** Keeps what was appended beyond a flush, now as an extension of the flushed state. */
export async function retainAfter(where: Layout, target: Target, before: Node, after: Node): Promise<void> {
  const kept = (await rangesOf(where, target, before)).filter(({ to }) => to > after.size);
  const lines = kept.map(({ from, to }) => `${after.key} ${from} ${to}\n`);
  await appendFile(join(stagingOf(where, target), 'ranges'), lines.join(''));
}

export const discard = (where: Layout, target: Target): Promise<void> =>
  rm(stagingOf(where, target), { recursive: true, force: true });

async function copyRange(source: string, destination: string, from: number, to: number): Promise<void> {
  const [input, output] = [await open(source, 'r'), await open(destination, 'r+')];
  const buffer = Buffer.alloc(1 << 20);
  try {
    for (let at = from; at < to; ) {
      const { bytesRead } = await input.read(buffer, 0, Math.min(buffer.length, to - at), at);
      if (bytesRead === 0) throw new Error(`${source} ends at ${at}, but ${to} bytes were noted; append them again`);
      const { bytesWritten } = await output.write(buffer, 0, bytesRead, at);
      at += bytesWritten;
    }
  } finally {
    await input.close();
    await output.close();
  }
}
