import { readdir, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory } from '../disk/durable';
import { type Call, find } from './call';
import { guardWrite } from './guard';
import type { Layout } from './layout';
import { walk } from './listing';
import { forgetMeta } from './node';
import { scratch } from './publish';
import { Refusal } from './refusal';
import { discard } from './staging';

/** `DELETE` of a file, an empty directory or, with `recursive=true`, a directory with all that is in it. */
export async function deletePath(call: Call): Promise<Response> {
  const { lake, query, target, headers } = call;
  return lake.alone(async () => {
    const { file, node } = await find(call);
    guardWrite(headers, node);
    if (!node.directory) await unlink(file);
    else if (query.get('recursive') === 'true') await removeTree(lake.where, file);
    else if ((await readdir(file)).length === 0) await rmdir(file);
    else
      throw new Refusal(
        409,
        'DirectoryNotEmpty',
        'The recursive query parameter value must be true to delete a non-empty directory.',
      );
    await syncDirectory(dirname(file));
    await forgetMeta(lake.where, node);
    await discard(lake.where, target);
    return new Response(null, { status: 200, headers: { 'x-ms-delete-type-permanent': 'true' } });
  });
}

/** Takes a directory away in one step, so that nobody sees half of it, and then removes it. */
export async function removeTree(where: Layout, directory: string): Promise<void> {
  const trash = scratch(where, 'trash');
  await rename(directory, trash);
  for await (const { node } of walk(where, trash, '', true)) await forgetMeta(where, node);
  await rm(trash, { recursive: true, force: true });
}
