import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Connection } from '../http/withFaults';
import { crc64 } from './crc64';
import { Refusal } from './refusal';
import { unwrap } from './structured';

/** The bytes of a request, unwrapped if they come as a structured message. */
export function bodyOf(request: Request, connection: Connection | undefined): AsyncIterable<Uint8Array> {
  // The raw stream keeps back-pressure; the web stream over it would read ahead without a bound.
  const raw: AsyncIterable<Uint8Array> = connection?.incoming ?? request.body ?? none();
  const structured = request.headers.get('x-ms-structured-body');
  if (!structured) return raw;
  if (!/^XSM\/1\.0; *properties=crc64$/i.test(structured)) {
    throw new Refusal(400, 'InvalidHeaderValue', `x-ms-structured-body ${structured} is not known`);
  }
  return unwrap(raw);
}

async function* none(): AsyncGenerator<Uint8Array> {
  // A request without a body has no chunk to give.
}

/**
 * Streams a body into a file at a position and checks Content-MD5 and x-ms-content-crc64 where they are given.
 * @returns the number of bytes written
 */
export async function pour(body: AsyncIterable<Uint8Array>, into: FileHandle, position: number, headers: Headers) {
  const md5 = headers.get('content-md5');
  const crc = headers.get('x-ms-content-crc64');
  const md5Hash = md5 ? createHash('md5') : undefined;
  const crcHash = crc ? crc64() : undefined;
  let length = 0;
  for await (const chunk of body) {
    md5Hash?.update(chunk);
    crcHash?.update(chunk);
    // A full disk shows as a short write first; writing on brings the error out instead of losing the rest.
    for (let done = 0; done < chunk.length; ) {
      const { bytesWritten } = await into.write(chunk, done, chunk.length - done, position + length);
      done += bytesWritten;
      length += bytesWritten;
    }
  }
  if (md5Hash && md5Hash.digest('base64') !== md5) {
    throw new Refusal(400, 'Md5Mismatch', 'The MD5 value specified in the request did not match the calculated one.');
  }
  if (crcHash && crcHash.digest().toString('base64') !== crc) {
    throw new Refusal(
      400,
      'Crc64Mismatch',
      'The CRC64 value specified in the request did not match the calculated one.',
    );
  }
  return length;
}
