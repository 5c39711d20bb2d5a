import { crc64 } from './crc64';
import { Refusal } from './refusal';

const bad = (why: string) => new Refusal(400, 'InvalidStructuredMessage', `The structured body is broken: ${why}.`);
const mismatch = () => new Refusal(400, 'Crc64Mismatch', 'The CRC64 in the structured body does not match its data.');

/**
 * Unwraps a structured message (`XSM/1.0; properties=crc64`) as it streams by and checks every checksum in it:
 * `01 | u64 length | u16 flags | u16 segments`, per segment `u16 number | u64 length | data | crc64`, then crc64 of all.
 */
export async function* unwrap(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const take = reader(body);
  const head = await take.exactly(13);
  if (head.readUInt8(0) !== 1) throw bad('its version is not 1');
  const checked = (head.readUInt16LE(9) & 1) === 1;
  const segments = head.readUInt16LE(11);
  const whole = crc64();
  for (let number = 1; number <= segments; number += 1) {
    const start = await take.exactly(10);
    if (start.readUInt16LE(0) !== number) throw bad(`segment ${number} is out of order`);
    const part = crc64();
    for (let left = Number(start.readBigUInt64LE(2)); left > 0; ) {
      const data = await take.upTo(left);
      left -= data.length;
      if (checked) {
        part.update(data);
        whole.update(data);
      }
      yield data;
    }
    if (checked && !(await take.exactly(8)).equals(part.digest())) throw mismatch();
  }
  if (checked && !(await take.exactly(8)).equals(whole.digest())) throw mismatch();
}

function reader(body: AsyncIterable<Uint8Array>) {
  const chunks = body[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const fill = async () => {
    const { done, value } = await chunks.next();
    if (done) throw bad('it ends early');
    rest = rest.length === 0 ? Buffer.from(value) : Buffer.concat([rest, value]);
  };
  const cut = (length: number) => {
    const taken = rest.subarray(0, length);
    rest = rest.subarray(length);
    return taken;
  };
  return {
    async exactly(length: number): Promise<Buffer> {
      while (rest.length < length) await fill();
      return cut(length);
    },
    async upTo(length: number): Promise<Buffer> {
      if (rest.length === 0) await fill();
      return cut(Math.min(length, rest.length));
    },
  };
}
