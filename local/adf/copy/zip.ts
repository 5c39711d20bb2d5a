import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { ActivityError } from '../engine/failure';

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
const END = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const LOCAL_HEADER_BYTES = 30;
const DEFLATED = 8;

/** The one file inside a zip archive on this machine, unpacked while it is read. */
export async function zipContent(path: string): Promise<Readable> {
  const file = await open(path);
  try {
    const [entry, ...more] = await entries(file);
    if (!entry || more.length > 0) throw refused(`holds ${entry ? more.length + 1 : 'no'} files; one is read here`);
    if (entry.encrypted || (entry.method !== 0 && entry.method !== DEFLATED))
      throw refused(`is encrypted or packed by method ${entry.method}; only Deflate is read`);
    const local = await piece(file, entry.offset, LOCAL_HEADER_BYTES);
    const start = entry.offset + LOCAL_HEADER_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
    const packed = file.createReadStream({ start, end: start + entry.packed - 1 });
    if (entry.method === 0) return packed;
    const content = createInflateRaw();
    packed.once('error', (error) => content.destroy(error));
    return packed.pipe(content);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function entries(file: FileHandle) {
  const { size } = await file.stat();
  const tail = await piece(
    file,
    Math.max(0, size - END_BYTES - LONGEST_COMMENT),
    Math.min(size, END_BYTES + LONGEST_COMMENT),
  );
  let at = tail.length - END_BYTES;
  while (at >= 0 && tail.readUInt32LE(at) !== END) at -= 1;
  if (at < 0) throw refused('has no directory: it is no zip archive, or not all of it is here');
  const directory = await piece(file, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12));
  const found: { offset: number; packed: number; method: number; encrypted: boolean }[] = [];
  for (let from = 0; from + 46 <= directory.length; ) {
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(from + field)) as [
      number,
      number,
      number,
    ];
    const isFolder = directory[from + 46 + name - 1] === 0x2f;
    const entry = {
      offset: directory.readUInt32LE(from + 42),
      packed: directory.readUInt32LE(from + 20),
      method: directory.readUInt16LE(from + 10),
      encrypted: (directory.readUInt16LE(from + 8) & 1) === 1,
    };
    if (entry.packed === 0xffffffff) throw refused('is a Zip64 archive, which is not imitated here');
    if (!isFolder) found.push(entry);
    from += 46 + name + extra + comment;
  }
  return found;
}

async function piece(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw refused('ends too early');
  return buffer;
}

const refused = (why: string): ActivityError => new ActivityError('', `The zip archive ${why}.`);
