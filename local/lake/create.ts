import { mkdir, open } from 'node:fs/promises';
import { type Call, look } from './call';
import { evaluate } from './conditions';
import { contentMeta, versionHeaders } from './describeHeaders';
import { changeMeta, forgetMeta, type Meta, readNode } from './node';
import { makeParents, publish, scratch } from './publish';
import { conditionNotMet, pathNotFound, Refusal } from './refusal';
import { discard } from './staging';

const conflict = () =>
  new Refusal(
    409,
    'PathConflict',
    'The specified path, or an element of the path, exists and its resource type is invalid for this operation.',
  );

/** `PUT ?resource=file|directory`: replaces what is there, with its lease, unless a condition forbids it. */
export async function createPath(call: Call): Promise<Response> {
  const { lake, headers, query } = call;
  const kind = query.get('resource');
  if (kind !== 'file' && kind !== 'directory')
    throw new Refusal(400, 'InvalidQueryParameterValue', 'resource must be file or directory');
  return lake.alone(async () => {
    const { file, node } = await look(call);
    const verdict = evaluate(headers, node);
    if (verdict === 'exists') throw new Refusal(409, 'PathAlreadyExists', 'The specified path already exists.');
    if (verdict !== 'met') throw conditionNotMet();
    if (node && node.directory !== (kind === 'directory')) throw conflict();
    const meta = { ...contentMeta(headers, 'x-ms-'), metadata: properties(headers), ...acl(headers) };
    const made = kind === 'file' ? await emptyFile(call, file, meta) : await directory(call, file, meta);
    if (kind === 'file' && node) await forgetMeta(lake.where, node);
    return new Response(null, {
      status: 201,
      headers: { ...versionHeaders(made), 'x-ms-request-server-encrypted': 'true' },
    });
  });
}

async function emptyFile({ lake, target }: Call, file: string, meta: Partial<Meta>) {
  await discard(lake.where, target);
  const fresh = scratch(lake.where, 'new');
  await (await open(fresh, 'wx', 0o644)).close();
  return publish(lake.where, fresh, file, meta);
}

async function directory({ lake, dialect }: Call, file: string, meta: Partial<Meta>) {
  await makeParents(file);
  await mkdir(file, { recursive: true });
  const made = await readNode(lake.where, file);
  if (!made) throw pathNotFound(dialect);
  await changeMeta(lake.where, made, { created: made.created.getTime(), ...meta });
  return (await readNode(lake.where, file)) ?? made;
}

/** Decodes `x-ms-properties: key=<base64>,key=<base64>`. */
function properties(headers: Headers): Record<string, string> {
  const pairs = (headers.get('x-ms-properties') ?? '').split(',').filter((pair) => pair.includes('='));
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim().toLowerCase(), Buffer.from(pair.slice(at + 1), 'base64').toString()];
    }),
  );
}

function acl(headers: Headers): Partial<Meta> {
  const given = headers.get('x-ms-acl');
  return given ? { acl: given } : {};
}
