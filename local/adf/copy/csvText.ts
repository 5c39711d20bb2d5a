import { type Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Entry } from '../connectors/files';
import type { CsvFormat, Place } from '../connectors/open';
import type { Attempt } from '../engine/activity';
import { ActivityError } from '../engine/failure';
import { localFile } from './localFile';
import { zipContent } from './zip';

/** Whether bytes of this encoding are UTF-8 as they are. */
export const isUtf8 = (encoding: string): boolean => /^(utf-?8( without bom)?|us-ascii)$/i.test(encoding);

/** A delimited file unpacked and as UTF-8. `dispose` when it is read. */
export async function csvText(
  place: Place,
  entry: Entry,
  { compressionCodec, encodingName }: CsvFormat,
  attempt: Attempt,
): Promise<{ text: Readable; dispose(): Promise<void> }> {
  const zip = compressionCodec === 'ZipDeflate' ? await localFile(place, entry, attempt) : undefined;
  const dispose = async () => zip?.dispose();
  try {
    const packed = zip ? await zipContent(zip.path) : await place.store.read(entry.path);
    const plain = compressionCodec === 'gzip' ? through(packed, createGunzip()) : packed;
    return { text: isUtf8(encodingName) ? plain : through(plain, recode(encodingName)), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** A pipe that hands failures on and is closed as one. */
function through(from: Readable, step: Transform): Readable {
  from.once('error', (error) => step.destroy(error));
  step.once('close', () => from.on('error', () => undefined).destroy());
  return from.pipe(step);
}

/** The service puts U+FFFD where bytes are no text; here they fail the copy. */
function recode(encoding: string): Transform {
  const decoder = decoderOf(encoding);
  return new Transform({
    transform: (chunk: Buffer, _, done) => attempted(() => decoder.decode(chunk, { stream: true }), done),
    flush: (done) => attempted(() => decoder.decode(), done),
  });
}

function attempted(make: () => string, done: (error: Error | null, text?: string) => void): void {
  try {
    done(null, make());
  } catch (error) {
    done(error as Error);
  }
}

interface Decoder {
  decode(bytes?: Uint8Array, options?: { stream: boolean }): string;
}

function decoderOf(encoding: string): Decoder {
  // The Web calls windows-1252 by this name; the service means the standard, byte for character.
  if (/^iso-8859-1$/i.test(encoding))
    return { decode: (bytes = new Uint8Array()) => Buffer.from(bytes).toString('latin1') };
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw new ActivityError('BadRequest', `The encoding '${encoding}' is not known here.`, 'UserError', cause);
  }
}
