import { FileRefused } from './refused';

/** A file of which any piece can be asked for. */
export interface Pieces {
  readonly bytes: number;
  range(from: number, to: number): Promise<Uint8Array>;
}

/** Where the one file inside a zip archive lies, and whether it is packed at all. */
export interface ZipEntry {
  readonly from: number;
  readonly to: number;
  readonly deflated: boolean;
}

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
const END = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const DEFLATED = 8;
const LARGEST_DIRECTORY = 1 << 20;

/** @throws FileRefused for what is no archive of exactly one readable file */
export async function zipEntry(file: Pieces): Promise<ZipEntry> {
  const directory = await directoryOf(file);
  const found: Buffer[] = [];
  for (let at = 0; at + ENTRY_BYTES <= directory.length; ) {
    const name = directory.readUInt16LE(at + 28);
    const next = at + ENTRY_BYTES + name + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    const isFolder = directory[at + ENTRY_BYTES + name - 1] === 0x2f;
    if (!isFolder) found.push(directory.subarray(at, next));
    at = next;
  }
  const [entry] = found;
  if (!entry || found.length > 1) throw new FileRefused(`the archive holds ${found.length} files instead of one`);
  const [method, packed, offset] = [entry.readUInt16LE(10), entry.readUInt32LE(20), entry.readUInt32LE(42)];
  if ((entry.readUInt16LE(8) & 1) === 1) throw new FileRefused('the archive is encrypted');
  if (method !== 0 && method !== DEFLATED) throw new FileRefused(`the archive is packed by method ${method}`);
  if (packed === 0xffffffff || offset === 0xffffffff) throw new FileRefused('the archive is larger than 4 GB');
  const local = await piece(file, offset, LOCAL_BYTES);
  const from = offset + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
  return { from, to: from + packed, deflated: method === DEFLATED };
}

async function directoryOf(file: Pieces): Promise<Buffer> {
  const length = Math.min(file.bytes, END_BYTES + LONGEST_COMMENT);
  const tail = await piece(file, file.bytes - length, length);
  let at = tail.length - END_BYTES;
  while (at >= 0 && tail.readUInt32LE(at) !== END) at -= 1;
  if (at < 0) throw new FileRefused('it is no zip archive, or not all of it is here');
  const bytes = tail.readUInt32LE(at + 12);
  if (bytes > LARGEST_DIRECTORY) throw new FileRefused('the archive holds thousands of files instead of one');
  return piece(file, tail.readUInt32LE(at + 16), bytes);
}

async function piece(file: Pieces, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.from(await file.range(from, from + length));
  if (bytes.length < length) throw new FileRefused('the archive ends too early');
  return bytes;
}
