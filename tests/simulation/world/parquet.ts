const MAGIC = Buffer.from('PAR1');

/**
 * A file that a Parquet reader takes for one with this many rows: it has a true footer, written by hand in Thrift's
 * compact form. The rows lie in front of it as JSON, for the notebooks of the model alone.
 */
export function parquetOf(rows: readonly object[]): Uint8Array {
  const body = Buffer.from(JSON.stringify(rows));
  const version = [0x15, 0x02];
  const schema = [0x19, 0x1c, 0x48, 4, ...Buffer.from('root'), 0x15, 0x00, 0x00];
  const count = [0x16, ...varint(rows.length * 2)];
  const groups = [0x19, 0x0c];
  const footer = Buffer.from([...version, ...schema, ...count, ...groups, 0x00]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([MAGIC, body, footer, length, MAGIC]);
}

/** The rows of such a file. */
export function rowsOf(file: Uint8Array): unknown[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const footer = bytes.readUInt32LE(bytes.length - 8);
  return JSON.parse(bytes.subarray(MAGIC.length, bytes.length - 8 - footer).toString('utf8')) as unknown[];
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}
