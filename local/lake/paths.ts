import { type Call, find } from './call';
import { accessHeaders, aclOf, permissionsOf, versionHeaders } from './describeHeaders';
import { guardRead, guardWrite } from './guard';
import { containerDirectory } from './layout';
import { type Listed, walk } from './listing';
import { changeMeta } from './node';
import { pathNotFound, Refusal } from './refusal';
import { parseDirectory } from './target';

/** Paths on one page. https://learn.microsoft.com/rest/api/storageservices/datalakestoragegen2/path/list */
const PAGE = 5000;
/** 100 ns ticks between 1601 and 1970. */
const FILETIME_EPOCH = 116_444_736_000_000_000n;

/** `GET /{container}?resource=filesystem`: one page of paths; the continuation is the last path of it. */
export async function listPaths(call: Call): Promise<Response> {
  const { lake, query, target } = call;
  await find({ ...call, target: { ...target, path: '' } });
  const directory = parseDirectory(query.get('directory') ?? '');
  const listed = await find({ ...call, target: { ...target, path: directory } });
  if (!listed.node.directory) throw pathNotFound('dfs');

  const size = Math.min(PAGE, Number(query.get('maxResults')) || PAGE);
  const token = query.get('continuation');
  const after = token ? Buffer.from(token, 'base64url').toString() : undefined;
  const home = containerDirectory(lake.where, target.container);
  const paths: ReturnType<typeof entry>[] = [];
  let last: string | undefined;
  const headers = new Headers({ 'content-type': 'application/json' });
  for await (const found of walk(lake.where, home, directory, query.get('recursive') === 'true', after)) {
    if (paths.length === size) {
      headers.set('x-ms-continuation', Buffer.from(last ?? '').toString('base64url'));
      break;
    }
    paths.push(entry(found));
    last = directory ? found.path.slice(directory.length + 1) : found.path;
  }
  return new Response(JSON.stringify({ paths }), { headers });
}

const entry = ({ path, node }: Listed) => ({
  name: path,
  ...(node.directory ? { isDirectory: 'true' } : {}),
  contentLength: String(node.size),
  creationTime: String(BigInt(node.created.getTime()) * 10_000n + FILETIME_EPOCH),
  lastModified: node.modified.toUTCString(),
  etag: node.etag.replaceAll('"', ''),
  owner: node.meta.owner ?? '$superuser',
  group: node.meta.group ?? '$superuser',
  permissions: permissionsOf(aclOf(node)),
});

/** `HEAD ?action=getAccessControl` or `getStatus`. */
export async function getAccess(call: Call): Promise<Response> {
  const { node } = await find(call);
  guardRead(call.headers, node);
  const kind = { 'x-ms-resource-type': node.directory ? 'directory' : 'file' };
  return new Response(null, { headers: { ...versionHeaders(node), ...accessHeaders(node), ...kind } });
}

/** `PATCH ?action=setAccessControl`: kept and shown, but who may do what is decided by the token alone. */
export async function setAccess(call: Call): Promise<Response> {
  const { lake, headers } = call;
  return lake.alone(async () => {
    const { node } = await find(call);
    guardWrite(headers, node);
    const permissions = headers.get('x-ms-permissions');
    if (permissions && !/^[rwx-]{9}$/.test(permissions)) {
      throw new Refusal(501, 'NotImplemented', 'lake takes x-ms-permissions in the symbolic form rwxr-x---');
    }
    const [user, group, other] = permissions?.match(/.{3}/g) ?? [];
    const acl = headers.get('x-ms-acl') ?? (permissions ? `user::${user},group::${group},other::${other}` : undefined);
    const owner = headers.get('x-ms-owner');
    const owning = headers.get('x-ms-group');
    await changeMeta(lake.where, node, {
      ...(acl ? { acl } : {}),
      ...(owner ? { owner } : {}),
      ...(owning ? { group: owning } : {}),
    });
    return new Response(null, { headers: versionHeaders((await find(call)).node) });
  });
}
