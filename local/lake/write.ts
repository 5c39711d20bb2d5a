import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { bodyOf } from './body';
import { type Call, find } from './call';
import { commitWithEvent } from './commit';
import { contentMeta, versionHeaders } from './describeHeaders';
import { guardWrite } from './guard';
import { stagingOf } from './layout';
import { checkLease } from './lease';
import { forgetMeta, type Node } from './node';
import { Refusal } from './refusal';
import { append, assemble, discard, reach, retainAfter } from './staging';

const position = ({ query }: Call): number => {
  const value = Number(query.get('position') ?? Number.NaN);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Refusal(400, 'InvalidQueryParameterValue', 'position must be a whole number');
  return value;
};

const notAFile = () => new Refusal(409, 'ResourceTypeMismatch', 'The operation is for files, the path is a directory.');

/** `PATCH ?action=append&position=N`: the bytes count only after a flush. */
export async function appendToFile(call: Call): Promise<Response> {
  const { lake, headers, target, query, request, connection } = call;
  const { node } = await find(call);
  if (node.directory) throw notAFile();
  checkLease(node, headers.get('x-ms-lease-id'));
  const from = position(call);
  if (from < node.size)
    throw new Refusal(
      400,
      'InvalidQueryParameterValue',
      `position ${from} is before the end of the file, ${node.size}`,
    );
  const to = await append(lake.where, target, node, from, bodyOf(request, connection), headers);
  if (query.get('flush') !== 'true')
    return new Response(null, { status: 202, headers: { 'x-ms-request-server-encrypted': 'true' } });
  return flush(call, to, 202);
}

/**
 * `PATCH ?action=flush&position=TOTAL`: makes everything up to the position visible at once. Every flush that adds bytes
 * raises a blob event, with `close=true` or without, since the JavaScript SDK's `upload` closes only when told to.
 */
export const flushFile = (call: Call): Promise<Response> => flush(call, position(call), 200);

async function flush(call: Call, end: number, status: 200 | 202): Promise<Response> {
  const { lake, target, query } = call;
  await syncStaged(call);
  return lake.alone(async () => {
    const { file, node } = await find(call);
    if (node.directory) throw notAFile();
    guardWrite(call.headers, node);
    const reached = await reach(lake.where, target, node);
    if (end < node.size || end > reached) {
      throw new Refusal(
        400,
        'InvalidFlushPosition',
        'The uploaded data is not contiguous or the position query parameter value is not equal to the length of the file after appending the uploaded data.',
      );
    }
    // A flush whose answer was lost comes again: nothing is left to do.
    if (end === node.size) return done(node, status);
    const retain = query.get('retainUncommittedData') === 'true';
    const fresh = await assemble(lake.where, target, node, file, end, retain);
    const meta = { ...node.meta, created: node.created.getTime(), revision: 0, ...contentMeta(call.headers, 'x-ms-') };
    const after = await commitWithEvent(call, 'FlushWithClose', fresh, file, meta);
    if (retain) await retainAfter(lake.where, target, node, after);
    else await discard(lake.where, target);
    await forgetMeta(lake.where, node);
    return done(after, status);
  });
}

/** Writes staged bytes to the disk before the lake is held, so that large files do not hold up others. */
async function syncStaged({ lake, target }: Call): Promise<void> {
  const data = await open(join(stagingOf(lake.where, target), 'data'), 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  await data?.sync();
  await data?.close();
}

const done = (node: Node, status: 200 | 202) =>
  new Response(null, { status, headers: { ...versionHeaders(node), 'x-ms-request-server-encrypted': 'true' } });
