/** Reflected polynomial of the CRC-64 that Azure Storage uses (CRC-64/NVME), in two halves of 32 bits. */
const POLY_HIGH = 0x9a6c9329;
const POLY_LOW = 0xac4bc9b5;

const HIGH = new Uint32Array(256);
const LOW = new Uint32Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  let high = 0;
  let low = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    const carry = low & 1;
    low = ((low >>> 1) | (high << 31)) >>> 0;
    high >>>= 1;
    if (carry) {
      low = (low ^ POLY_LOW) >>> 0;
      high = (high ^ POLY_HIGH) >>> 0;
    }
  }
  HIGH[byte] = high;
  LOW[byte] = low;
}

/** A running CRC-64 over everything that it was given. */
export interface Crc64 {
  update(data: Uint8Array): void;
  /** Eight bytes, little endian, as on the wire. */
  digest(): Buffer;
}

export function crc64(): Crc64 {
  let high = 0xffffffff;
  let low = 0xffffffff;
  return {
    update(data) {
      for (let i = 0; i < data.length; i += 1) {
        const index = (low ^ (data[i] as number)) & 0xff;
        low = (((low >>> 8) | (high << 24)) ^ (LOW[index] as number)) >>> 0;
        high = ((high >>> 8) ^ (HIGH[index] as number)) >>> 0;
      }
    },
    digest() {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt32LE(~low >>> 0, 0);
      bytes.writeUInt32LE(~high >>> 0, 4);
      return bytes;
    },
  };
}
