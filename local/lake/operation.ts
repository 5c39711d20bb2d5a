import { lease, putBlob, setMetadata, setProperties } from './blob';
import type { Call } from './call';
import { createContainer, deleteContainer, getContainer, listContainers } from './containers';
import { createPath } from './create';
import { renamePath } from './move';
import { getAccess, listPaths, setAccess } from './paths';
import { getProperties, readFile } from './read';
import type { Dialect } from './refusal';
import { deletePath } from './remove';
import { appendToFile, flushFile } from './write';

export type Operation = (call: Call) => Promise<Response>;

/** Both dialects come to one address; verb, query and one header tell them apart. */
export function dialectOf(method: string, query: URLSearchParams, headers: Headers, path: string): Dialect {
  if (query.has('resource') || query.has('action') || method === 'PATCH') return 'dfs';
  if (method === 'PUT' && headers.has('x-ms-rename-source')) return 'dfs';
  return method === 'DELETE' && path !== '' ? 'dfs' : 'blob';
}

const DFS: Record<string, Operation> = {
  'PUT path file': createPath,
  'PUT path directory': createPath,
  'PUT path rename': renamePath,
  'PATCH path append': appendToFile,
  'PATCH path flush': flushFile,
  'PATCH path setAccessControl': setAccess,
  'HEAD path getAccessControl': getAccess,
  'HEAD path getStatus': getAccess,
  'DELETE path': deletePath,
  'PUT container filesystem': createContainer,
  'GET container filesystem': listPaths,
  'HEAD container filesystem': getContainer,
  'DELETE container filesystem': deleteContainer,
};

const BLOB: Record<string, Operation> = {
  'PUT path': putBlob,
  'GET path': readFile,
  'HEAD path': getProperties,
  'PUT path metadata': setMetadata,
  'PUT path properties': setProperties,
  'PUT path lease': lease,
  'PUT container': createContainer,
  'GET container': getContainer,
  'HEAD container': getContainer,
  'DELETE container': deleteContainer,
  'GET account list': listContainers,
};

/** The operation that a request asks for, and its name for the log and for the refusal of one that is not imitated. */
export function operationOf(
  method: string,
  { dialect, target, query, headers }: Pick<Call, 'dialect' | 'target' | 'query' | 'headers'>,
) {
  const scope = target.path ? 'path' : target.container ? 'container' : 'account';
  const renaming = dialect === 'dfs' && method === 'PUT' && headers.has('x-ms-rename-source') ? 'rename' : undefined;
  const verb = dialect === 'dfs' ? (renaming ?? query.get('action') ?? query.get('resource')) : query.get('comp');
  const name = [method, scope, verb].filter(Boolean).join(' ');
  return { name: `${dialect} ${name}`, operation: (dialect === 'dfs' ? DFS : BLOB)[name] };
}
