import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { FileRefused } from '../../../../shared/files/refused';
import { unpacked } from '../../../../shared/files/unpack';
import { zip } from '../../../support/corpus';

const zeros = (megabytes: number) => Buffer.alloc(megabytes << 20);
const file = (bytes: Buffer) => ({
  bytes: bytes.length,
  range: async (from: number, to: number) => bytes.subarray(from, to),
});

async function length(
  bytes: Buffer,
  packing: 'none' | 'gzip' | 'zip',
  megabytes: number,
  ratio: number,
): Promise<number> {
  let sum = 0;
  for await (const piece of unpacked(file(bytes), packing, { megabytes, ratio })) sum += piece.length;
  return sum;
}

describe('a file that unpacks to more than it may', () => {
  test.each([
    ['gzip', gzipSync(zeros(64))],
    ['zip', zip(['a.csv', zeros(64)])],
  ] as const)('stops at the ratio of its source: %s', async (packing, bytes) => {
    await expect(length(bytes, packing, 1000, 200)).rejects.toThrow(
      new FileRefused('it unpacks to more than 200 times its size'),
    );
    expect(await length(bytes, packing, 1000, 1100)).toBe(64 << 20);
  });

  test('stops at the size of its source, packed or not', async () => {
    await expect(length(gzipSync(zeros(3)), 'gzip', 2, 1100)).rejects.toThrow('more than 2 MB');
    await expect(length(zeros(3), 'none', 2, 1100)).rejects.toThrow('more than 2 MB');
  });

  test('is never held whole: a bomb of 4 GB stops within a few megabytes of memory', async () => {
    const bomb = gzipSync(zeros(256));
    const many = Buffer.concat(Array.from({ length: 16 }, () => bomb));
    const before = process.memoryUsage.rss();
    await expect(length(many, 'gzip', 512, 2000)).rejects.toThrow('more than 512 MB');
    expect(process.memoryUsage.rss() - before).toBeLessThan(128 << 20);
  }, 30_000);

  test('may be small and repeat itself', async () => {
    expect(await length(gzipSync(zeros(8)), 'gzip', 100, 200)).toBe(8 << 20);
  });

  test('a range that the lake cannot give is an error, not a bad file', async () => {
    const broken = { bytes: 10, range: () => Promise.reject(new Error('the lake is away')) };
    const read = async () => {
      for await (const _ of unpacked(broken, 'gzip', { megabytes: 1, ratio: 2 })) throw new Error('nothing can come');
    };
    await expect(read()).rejects.toThrow('the lake is away');
  });
});
