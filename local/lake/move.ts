import { lstat, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory } from '../disk/durable';
import { type Call, look } from './call';
import { evaluate } from './conditions';
import { versionHeaders } from './describeHeaders';
import { checkLease } from './lease';
import { changeMeta, forgetMeta, type Node, readNode } from './node';
import { conditionNotMet, Refusal } from './refusal';
import { discard } from './staging';
import { parseTarget } from './target';

const exists = () => new Refusal(409, 'PathAlreadyExists', 'The specified path already exists.');

/** `PUT` with `x-ms-rename-source`: one atomic step for a file or a whole directory, replacing a file unless forbidden. */
export async function renamePath(call: Call): Promise<Response> {
  const { lake, headers, target } = call;
  const from = { lake, target: parseTarget(headers.get('x-ms-rename-source') ?? '', lake.account) };
  return lake.alone(async () => {
    const source = await look(from);
    if (!source.node || from.target.path === '')
      throw new Refusal(404, 'SourcePathNotFound', 'The source path for a rename operation does not exist.');
    if (evaluate(headers, source.node, 'x-ms-source-') !== 'met') {
      throw new Refusal(
        412,
        'SourceConditionNotMet',
        'The source condition specified using HTTP conditional header(s) is not met.',
      );
    }
    checkLease(source.node, headers.get('x-ms-source-lease-id'));

    const destination = await look(call);
    const verdict = evaluate(headers, destination.node);
    if (verdict === 'exists') throw exists();
    if (verdict !== 'met') throw conditionNotMet();
    if (destination.file.startsWith(`${source.file}/`)) {
      throw new Refusal(409, 'InvalidRenameSourcePath', 'A directory cannot be moved into itself.');
    }
    await checkParent(destination.file);

    await swap(source.file, destination.file, source.node, destination.node);
    await Promise.all([dirname(source.file), dirname(destination.file)].map(syncDirectory));
    await Promise.all([from.target, target].map((one) => discard(lake.where, one)));
    if (destination.node && source.file !== destination.file) await forgetMeta(lake.where, destination.node);
    const moved = await readNode(lake.where, destination.file);
    if (moved?.meta.lease) await changeMeta(lake.where, moved, { lease: undefined } as object, moved.meta.revision);
    return new Response(null, {
      status: 201,
      headers: { ...(moved ? versionHeaders(moved) : {}), 'content-length': '0' },
    });
  });
}

/** Unlike a create, a rename makes no parents: https://learn.microsoft.com/rest/api/storageservices/datalakestoragegen2/path/create */
async function checkParent(file: string): Promise<void> {
  const parent = await lstat(dirname(file)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (parent?.isDirectory()) return;
  throw new Refusal(
    404,
    'RenameDestinationParentPathNotFound',
    'The parent directory of the destination path does not exist.',
  );
}

async function swap(source: string, destination: string, from: Node, to: Node | undefined): Promise<void> {
  if (to && from.directory !== to.directory) throw exists();
  try {
    await rename(source, destination);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') throw exists();
    throw error;
  }
}
