import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeDurable } from '../../../../local/disk/durable';
import { ownDirectory } from '../../../../local/disk/ownDirectory';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidemark-disk-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('writeDurable', () => {
  test('replaces a file and leaves nothing else', async () => {
    await writeDurable(join(directory, 'a.json'), 'old');
    await writeDurable(join(directory, 'a.json'), 'new');
    expect(await readdir(directory)).toEqual(['a.json']);
    expect(await readFile(join(directory, 'a.json'), 'utf8')).toBe('new');
  });

  test('leaves a directory as it was when it fails', async () => {
    await mkdir(join(directory, 'in the way'));
    await expect(writeDurable(join(directory, 'in the way'), 'text')).rejects.toThrow('EISDIR');
    expect(await readdir(directory)).toEqual(['in the way']);
  });
});

test('who opens its directory finds in it what was written whole, and removes what a kill left', async () => {
  const place = join(directory, 'mails');
  expect(await ownDirectory(place)).toEqual([]);
  await writeDurable(join(place, 'a.json'), '{}');
  await writeFile(join(place, 'b.json.0b3a5d0e.new'), '{');
  expect(await ownDirectory(place)).toEqual(['a.json']);
  expect(await readdir(place)).toEqual(['a.json']);
});
