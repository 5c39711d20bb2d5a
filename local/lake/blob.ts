import { open, rm } from 'node:fs/promises';
import { bodyOf, pour } from './body';
import { type Call, find, look } from './call';
import { commitWithEvent } from './commit';
import { evaluate } from './conditions';
import { contentMeta, versionHeaders } from './describeHeaders';
import { guardWrite } from './guard';
import { checkLease, leaseState, leaseStep } from './lease';
import { changeMeta, forgetMeta, type Meta } from './node';
import { scratch } from './publish';
import { conditionNotMet, Refusal } from './refusal';
import { discard } from './staging';

/** `PUT` of a whole block blob. */
export async function putBlob(call: Call): Promise<Response> {
  const { lake, headers, target, request, connection } = call;
  const type = headers.get('x-ms-blob-type');
  if (type !== 'BlockBlob') throw new Refusal(501, 'NotImplemented', `lake does not imitate blobs of type ${type}`);
  await look(call);
  const fresh = scratch(lake.where, 'new');
  const handle = await open(fresh, 'wx', 0o644);
  try {
    await pour(bodyOf(request, connection), handle, 0, headers);
    await handle.sync();
    await handle.close();
    return await lake.alone(async () => {
      const { file, node } = await look(call);
      const verdict = evaluate(headers, node);
      if (verdict === 'exists') throw new Refusal(409, 'BlobAlreadyExists', 'The specified blob already exists.');
      if (verdict !== 'met') throw conditionNotMet();
      if (node?.directory) throw new Refusal(409, 'ResourceTypeMismatch', 'The path is a directory.');
      if (node) checkLease(node, headers.get('x-ms-lease-id'));
      const lease = node && leaseState(node.meta.lease) === 'leased' ? { lease: node.meta.lease } : {};
      await discard(lake.where, target);
      const meta = { ...contentMeta(headers, 'x-ms-blob-'), metadata: metadataOf(headers), ...lease } as Partial<Meta>;
      const made = await commitWithEvent(call, 'PutBlob', fresh, file, meta);
      if (node) await forgetMeta(lake.where, node);
      return new Response(null, {
        status: 201,
        headers: { ...versionHeaders(made), 'x-ms-request-server-encrypted': 'true' },
      });
    });
  } finally {
    await handle.close().catch(() => undefined);
    await rm(fresh, { force: true });
  }
}

/** `PUT ?comp=metadata`: replaces all metadata. */
export const setMetadata = (call: Call): Promise<Response> => update(call, { metadata: metadataOf(call.headers) });

/** `PUT ?comp=properties`: replaces all content headers; what is not named is cleared. */
export const setProperties = (call: Call): Promise<Response> => {
  const cleared = {
    contentType: undefined,
    contentEncoding: undefined,
    contentLanguage: undefined,
    contentDisposition: undefined,
    cacheControl: undefined,
    contentMd5: undefined,
  };
  return update(call, { ...cleared, ...contentMeta(call.headers, 'x-ms-blob-') } as Partial<Meta>);
};

/** `PUT ?comp=lease`. */
export function lease(call: Call): Promise<Response> {
  const { lake, headers } = call;
  return lake.alone(async () => {
    const { node } = await find(call);
    if (evaluate(headers, node) !== 'met') throw conditionNotMet();
    const step = leaseStep(Date.now(), node.meta.lease, headers);
    await changeMeta(lake.where, node, { lease: step.lease } as Partial<Meta>, node.meta.revision);
    return new Response(null, { status: step.status, headers: { ...versionHeaders(node), ...step.headers } });
  });
}

function update(call: Call, change: Partial<Meta>): Promise<Response> {
  const { lake, headers } = call;
  return lake.alone(async () => {
    const { node } = await find(call);
    guardWrite(headers, node);
    await changeMeta(lake.where, node, change);
    return new Response(null, { headers: versionHeaders((await find(call)).node) });
  });
}

const metadataOf = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    [...headers]
      .filter(([name]) => name.startsWith('x-ms-meta-'))
      .map(([name, value]) => [name.slice('x-ms-meta-'.length), value]),
  );
