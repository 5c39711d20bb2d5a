import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDirectory } from '../disk/durable';
import type { Call } from './call';
import { versionHeaders } from './describeHeaders';
import { containerDirectory } from './layout';
import { forgetMeta, readNode } from './node';
import { escapeXml, Refusal } from './refusal';
import { removeTree } from './remove';

const notFound = ({ dialect }: Call) =>
  dialect === 'dfs'
    ? new Refusal(404, 'FilesystemNotFound', 'The specified filesystem does not exist.')
    : new Refusal(404, 'ContainerNotFound', 'The specified container does not exist.');

async function find(call: Call) {
  const directory = containerDirectory(call.lake.where, call.target.container);
  const node = await readNode(call.lake.where, directory);
  if (!node?.directory) throw notFound(call);
  return { directory, node };
}

/** Creates a container, a plain directory of the lake. */
export const createContainer = (call: Call): Promise<Response> =>
  call.lake.alone(async () => {
    const { lake, target, dialect } = call;
    const directory = containerDirectory(lake.where, target.container);
    if (await readNode(lake.where, directory)) {
      const code = dialect === 'dfs' ? 'FilesystemAlreadyExists' : 'ContainerAlreadyExists';
      throw new Refusal(409, code, 'The specified container already exists.');
    }
    await mkdir(directory);
    await syncDirectory(lake.where.root);
    return new Response(null, { status: 201, headers: versionHeaders((await find(call)).node) });
  });

/** Properties of a container. */
export async function getContainer(call: Call): Promise<Response> {
  const { node } = await find(call);
  const headers = new Headers({
    ...versionHeaders(node),
    'x-ms-lease-state': 'available',
    'x-ms-lease-status': 'unlocked',
    'x-ms-has-immutability-policy': 'false',
    'x-ms-has-legal-hold': 'false',
    'x-ms-namespace-enabled': 'true',
  });
  return new Response(null, { headers });
}

/** Deletes a container with everything in it. */
export const deleteContainer = (call: Call): Promise<Response> =>
  call.lake.alone(async () => {
    const { directory, node } = await find(call);
    await removeTree(call.lake.where, directory);
    await forgetMeta(call.lake.where, node);
    await syncDirectory(call.lake.where.root);
    return new Response(null, { status: 202 });
  });

/** `GET /?comp=list`: all containers on one page. */
export async function listContainers({ lake, query }: Call): Promise<Response> {
  const prefix = query.get('prefix') ?? '';
  const names = (await readdir(lake.where.root)).filter((name) => name.startsWith(prefix)).sort();
  const nodes = await Promise.all(
    names.map(async (name) => ({ name, node: await readNode(lake.where, join(lake.where.root, name)) })),
  );
  const rows = nodes.flatMap(({ name, node }) =>
    node?.directory
      ? `<Container><Name>${escapeXml(name)}</Name><Properties><Last-Modified>${node.modified.toUTCString()}</Last-Modified><Etag>${escapeXml(node.etag)}</Etag><LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState></Properties></Container>`
      : [],
  );
  const body = `<?xml version="1.0" encoding="utf-8"?><EnumerationResults><Containers>${rows.join('')}</Containers><NextMarker/></EnumerationResults>`;
  return new Response(body, { headers: { 'content-type': 'application/xml' } });
}
