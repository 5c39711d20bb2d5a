import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { layout } from '../../../../local/lake/layout';
import type { Node } from '../../../../local/lake/node';
import { append, assemble } from '../../../../local/lake/staging';

/** A disk that takes half of what it is given. */
vi.mock('node:fs/promises', async (load) => {
  const fs = await load<typeof import('node:fs/promises')>();
  const open = async (...args: Parameters<typeof fs.open>) => {
    const handle = await fs.open(...args);
    const write = handle.write.bind(handle);
    return Object.assign(handle, {
      write: (bytes: Uint8Array, from: number, length: number, at: number) =>
        write(bytes, from, Math.ceil(length / 2), at),
    });
  };
  return { ...fs, open };
});

test('what is appended to a file joins it whole, however little the disk takes at a time', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tidemark-staging-'));
  try {
    const where = await layout(join(directory, 'lake'));
    const target = { container: 'bronze', path: 'a.csv' };
    const old = join(directory, 'old');
    await writeFile(old, 'old;');
    const node = { size: 4, key: 'f1' } as Node;
    const body = (async function* () {
      yield Buffer.from('appended behind');
    })();
    const end = await append(where, target, node, 4, body, new Headers());
    const fresh = await assemble(where, target, node, old, end, false);
    expect(await readFile(fresh, 'utf8')).toBe('old;appended behind');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
