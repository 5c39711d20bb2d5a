import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type Call, find } from './call';
import { propertyHeaders } from './describeHeaders';
import { guardRead } from './guard';
import { describe, READ_NO_LINK } from './node';
import { pathNotFound, Refusal } from './refusal';

const CHUNK = 256 * 1024;
/** Azure gives the MD5 of a range only up to 4 MiB. https://learn.microsoft.com/rest/api/storageservices/get-blob */
const MAX_HASHED_RANGE = 4 * 1024 * 1024;

/** `HEAD`: all that is known of a path. */
export async function getProperties(call: Call): Promise<Response> {
  const { node } = await find(call);
  guardRead(call.headers, node);
  const headers = propertyHeaders(node);
  headers.set('content-length', String(node.size));
  if (node.meta.contentMd5) headers.set('content-md5', node.meta.contentMd5);
  return new Response(null, { headers });
}

/** `GET`: the whole file or a range. The open file is what is served, even if the path is replaced meanwhile. */
export async function readFile(call: Call): Promise<Response> {
  const { lake, headers: asked } = call;
  const { file, node: seen } = await find(call);
  if (seen.directory) throw pathNotFound(call.dialect);
  if (asked.has('x-ms-structured-body'))
    throw new Refusal(501, 'NotImplemented', 'lake does not imitate structured downloads');
  const handle = await open(file, READ_NO_LINK);
  try {
    const node = await describe(lake.where, await handle.stat({ bigint: true }));
    guardRead(asked, node);
    const range = rangeOf(asked.get('x-ms-range') ?? asked.get('range'), node.size);
    const headers = propertyHeaders(node);
    headers.set('content-length', String(range.to - range.from));
    if (range.partial) headers.set('content-range', `bytes ${range.from}-${range.to - 1}/${node.size}`);
    if (node.meta.contentMd5)
      headers.set(range.partial ? 'x-ms-blob-content-md5' : 'content-md5', node.meta.contentMd5);
    if (range.partial && asked.get('x-ms-range-get-content-md5') === 'true') {
      if (range.to - range.from > MAX_HASHED_RANGE)
        throw new Refusal(400, 'OutOfRangeInput', 'A range with MD5 is at most 4 MiB.');
      const bytes = Buffer.alloc(range.to - range.from);
      await handle.read(bytes, 0, bytes.length, range.from);
      headers.set('content-md5', createHash('md5').update(bytes).digest('base64'));
    }
    return new Response(stream(handle, range.from, range.to), { status: range.partial ? 206 : 200, headers });
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function rangeOf(header: string | null, size: number): { from: number; to: number; partial: boolean } {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined) return { from: 0, to: size, partial: false };
  const from = Number(first);
  if (from >= size) {
    throw new Refusal(416, 'InvalidRange', 'The range specified is invalid for the current size of the resource.', {
      'content-range': `bytes */${size}`,
    });
  }
  return { from, to: last ? Math.min(Number(last) + 1, size) : size, partial: true };
}

/** Reads one piece at a time and only when the socket wants it, so that memory stays flat whatever the size. */
function stream(handle: Awaited<ReturnType<typeof open>>, from: number, to: number): ReadableStream<Uint8Array> {
  let at = from;
  return new ReadableStream(
    {
      async pull(controller) {
        const piece = Buffer.allocUnsafe(Math.min(CHUNK, to - at));
        const { bytesRead } = piece.length > 0 ? await handle.read(piece, 0, piece.length, at) : { bytesRead: 0 };
        at += bytesRead;
        if (bytesRead > 0) controller.enqueue(piece.subarray(0, bytesRead));
        if (at < to && bytesRead > 0) return;
        await handle.close();
        if (at < to) controller.error(new Error(`the file shrank to ${at} bytes while it was read`));
        else controller.close();
      },
      cancel: () => handle.close(),
    },
    { highWaterMark: 1 },
  );
}
