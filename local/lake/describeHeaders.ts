import { leaseState } from './lease';
import type { Meta, Node } from './node';

/** Rights of a path whose ACL nobody has set. */
export const DEFAULT_ACL = {
  file: 'user::rw-,group::r--,other::---',
  directory: 'user::rwx,group::r-x,other::---',
} as const;

export const aclOf = (node: Node): string => node.meta.acl ?? DEFAULT_ACL[node.directory ? 'directory' : 'file'];

/** `rwxr-x---` of an ACL; a mask caps what the group shows. */
export function permissionsOf(acl: string): string {
  const entry = (kind: string) =>
    acl
      .split(',')
      .find((one) => one.startsWith(`${kind}::`))
      ?.slice(kind.length + 2);
  return `${entry('user') ?? '---'}${entry('mask') ?? entry('group') ?? '---'}${entry('other') ?? '---'}`;
}

/** Headers that every answer about a path has. */
export const versionHeaders = (node: Node): Record<string, string> => ({
  etag: node.etag,
  'last-modified': node.modified.toUTCString(),
});

/** Owner, group and rights. */
export const accessHeaders = (node: Node): Record<string, string> => ({
  'x-ms-owner': node.meta.owner ?? '$superuser',
  'x-ms-group': node.meta.group ?? '$superuser',
  'x-ms-permissions': permissionsOf(aclOf(node)),
  'x-ms-acl': aclOf(node),
});

/** All that a HEAD or GET tells about a path. */
export function propertyHeaders(node: Node): Headers {
  const { meta } = node;
  const lease = leaseState(meta.lease);
  const headers = new Headers({
    ...versionHeaders(node),
    ...accessHeaders(node),
    'content-type': meta.contentType ?? 'application/octet-stream',
    'accept-ranges': 'bytes',
    'x-ms-blob-type': 'BlockBlob',
    'x-ms-creation-time': node.created.toUTCString(),
    'x-ms-resource-type': node.directory ? 'directory' : 'file',
    'x-ms-lease-state': lease,
    'x-ms-lease-status': lease === 'leased' ? 'locked' : 'unlocked',
    'x-ms-server-encrypted': 'true',
  });
  if (lease === 'leased') headers.set('x-ms-lease-duration', meta.lease?.until === undefined ? 'infinite' : 'fixed');
  const optional = {
    'content-encoding': meta.contentEncoding,
    'content-language': meta.contentLanguage,
    'content-disposition': meta.contentDisposition,
    'cache-control': meta.cacheControl,
  };
  for (const [name, value] of Object.entries(optional)) if (value) headers.set(name, value);
  for (const [name, value] of Object.entries(meta.metadata)) headers.set(`x-ms-meta-${name}`, value);
  if (node.directory) headers.set('x-ms-meta-hdi_isfolder', 'true');
  return headers;
}

/** Content headers of a write; `prefix` is `x-ms-` for DFS and `x-ms-blob-` for Blob. */
export function contentMeta(headers: Headers, prefix: 'x-ms-' | 'x-ms-blob-'): Partial<Meta> {
  const given = {
    contentType: headers.get(`${prefix}content-type`),
    contentEncoding: headers.get(`${prefix}content-encoding`),
    contentLanguage: headers.get(`${prefix}content-language`),
    contentDisposition: headers.get(`${prefix}content-disposition`),
    cacheControl: headers.get(`${prefix}cache-control`),
    contentMd5: headers.get(`${prefix}content-md5`),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}
