import mysql from 'mysql2';

/** COM_STMT_EXECUTE, https://mariadb.com/docs/server/reference/clientserver-protocol/3-binary-protocol-prepared-statements */
const EXECUTE = 0x17;
const HEADER = 4;
const END = 0xfe;

interface Raw {
  readonly stream: import('node:net').Socket;
  prepare(sql: string, done: (error: Error | null, statement: { id: number }) => void): void;
}

/**
 * Drains a query over the binary protocol and throws the rows away unread: as fast as the server can send.
 * @returns rows and bytes that came
 */
export async function drain(uri: string, sql: string): Promise<{ rows: number; bytes: number }> {
  const connection = mysql.createConnection({ uri, compress: false });
  const raw = connection as unknown as Raw;
  const id = await new Promise<number>((resolve, reject) => {
    raw.prepare(sql, (error, prepared) => (error ? reject(error) : resolve(prepared.id)));
  });
  const { stream } = raw;
  stream.removeAllListeners('data');
  const packet = Buffer.alloc(HEADER + 10);
  packet.writeUIntLE(10, 0, 3);
  packet.writeUInt8(EXECUTE, HEADER);
  packet.writeUInt32LE(id, HEADER + 1);
  packet.writeUInt32LE(1, HEADER + 6);
  const answer = new Promise<{ rows: number; bytes: number }>((resolve, reject) => {
    stream.once('error', reject);
    stream.on('data', counter(resolve, reject));
  });
  stream.write(packet);
  return answer.finally(() => connection.destroy());
}

/** Follows packets over the chunks of a stream: column count, columns, end, rows, end. */
function counter(done: (found: { rows: number; bytes: number }) => void, failed: (error: Error) => void) {
  let [left, packets, ends, bytes, columns] = [0, 0, 0, 0, 0];
  let rest = Buffer.alloc(0);
  return (chunk: Buffer) => {
    bytes += chunk.length;
    let at = Math.min(left, chunk.length);
    left -= at;
    const data = rest.length > 0 ? Buffer.concat([rest, chunk.subarray(at)]) : chunk;
    if (rest.length > 0) at = 0;
    // A packet is looked at when its header and first byte are here; its other bytes are skipped, whenever they come.
    while (at + HEADER < data.length) {
      const length = data.readUIntLE(at, 3);
      const first = data[at + HEADER] ?? 0;
      if (packets === 0 && first === 0xff) return failed(new Error(data.subarray(at + HEADER + 9).toString()));
      if (packets === 0) columns = first;
      packets += 1;
      if (first === END && length < 9) ends += 1;
      if (ends === 2) return done({ rows: packets - columns - 3, bytes });
      at += HEADER + length;
    }
    left = Math.max(at - data.length, 0);
    rest = at < data.length ? Buffer.from(data.subarray(at)) : Buffer.alloc(0);
  };
}
