import { describe, expect, test } from 'vitest';
import { inspect } from '../../../../shared/files/inspect';
import { packingOf } from '../../../../shared/files/packing';
import { FileRefused } from '../../../../shared/files/refused';
import { unpacked } from '../../../../shared/files/unpack';
import { corpus, type Sample } from '../../../support/corpus';

/** Reads a file in pieces of `size` bytes: where a piece ends must not matter. */
async function found({ bytes, format, name }: Sample, size: number): Promise<string> {
  const file = { bytes: bytes.length, range: async (from: number, to: number) => bytes.subarray(from, to) };
  async function* small() {
    for await (const piece of unpacked(file, packingOf(format, name), { megabytes: 100, ratio: 200 }))
      for (let at = 0; at < piece.length; at += size) yield piece.subarray(at, at + size);
  }
  return inspect(small(), format).catch((error: unknown) => {
    if (error instanceof FileRefused) return error.message;
    throw error;
  });
}

describe('a file that was sent', () => {
  test('the corpus is as large as it says', () => expect(corpus.length).toBeGreaterThanOrEqual(90));

  test.each(corpus.map((one) => [one.what, one] as const))('%s', async (_what, one) => {
    const wanted = one.expect === 'empty' ? /^empty$/ : 'refused' in one.expect ? one.expect.refused : /^rows$/;
    for (const size of one.bytes.length > 100_000 ? [65_536] : [1, 2, 3, 65_536])
      expect(await found(one, size)).toMatch(wanted);
  });
});
