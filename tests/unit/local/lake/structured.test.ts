import { describe, expect, test } from 'vitest';
import { crc64 } from '../../../../local/lake/crc64';
import { unwrap } from '../../../../local/lake/structured';

const crc = (data: Buffer) => {
  const sum = crc64();
  sum.update(data);
  return sum.digest();
};

function message(...segments: Buffer[]): Buffer {
  const parts = segments.map((data, index) => {
    const head = Buffer.alloc(10);
    head.writeUInt16LE(index + 1, 0);
    head.writeBigUInt64LE(BigInt(data.length), 2);
    return Buffer.concat([head, data, crc(data)]);
  });
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(13);
  head.writeUInt8(1, 0);
  head.writeBigUInt64LE(BigInt(13 + body.length + 8), 1);
  head.writeUInt16LE(1, 9);
  head.writeUInt16LE(segments.length, 11);
  return Buffer.concat([head, body, crc(Buffer.concat(segments))]);
}

async function* chunks(data: Buffer, size: number) {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
}

const plain = async (data: Buffer, size: number) => {
  const out: Uint8Array[] = [];
  for await (const piece of unwrap(chunks(data, size))) out.push(piece);
  return Buffer.concat(out).toString();
};

describe('a structured body', () => {
  test('of three bytes is 42 bytes long, as the SDK sends it', () => {
    expect(message(Buffer.from('abc'))).toHaveLength(42);
  });

  test.each([1, 7, 1000])('is unwrapped when it comes in pieces of %i', async (size) => {
    expect(await plain(message(Buffer.from('hello '), Buffer.from('world')), size)).toBe('hello world');
  });

  test('with a flipped bit or a missing end is refused', async () => {
    const data = message(Buffer.from('hello'));
    data[25] = (data[25] ?? 0) ^ 1;
    await expect(plain(data, 8)).rejects.toMatchObject({ code: 'Crc64Mismatch' });
    await expect(plain(message(Buffer.from('hello')).subarray(0, -1), 8)).rejects.toMatchObject({
      code: 'InvalidStructuredMessage',
    });
  });
});
