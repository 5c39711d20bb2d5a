import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { factoryId, type Stack, urlOf } from '../stack';
import type { Deployer } from './deployer';

/** Kinds in the order in which they refer to one another, by folder and by name in the address. */
const KINDS = [
  ['linkedService', 'linkedservices'],
  ['dataset', 'datasets'],
  ['pipeline', 'pipelines'],
] as const;

/** Puts the files of `adf/` into the factory as they lie. Pipelines that call others come after those. */
export async function deployFactory(stack: Stack, { send }: Deployer): Promise<void> {
  for (const [folder, kind] of KINDS) {
    const directory = join(stack.layout.root, 'adf', folder);
    const files = (await readdir(directory)).filter((file) => file.endsWith('.json')).sort();
    const texts = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')));
    const order = files.map((file, at) => ({ file, body: texts[at] ?? '' }));
    order.sort((a, b) => Number(a.body.includes('"ExecutePipeline"')) - Number(b.body.includes('"ExecutePipeline"')));
    for (const { file, body } of order) {
      const url = `${urlOf(stack, 'adf')}${factoryId}/${kind}/${file.slice(0, -'.json'.length)}?api-version=2018-06-01`;
      const headers = { 'content-type': 'application/json' };
      await send('https://management.azure.com', url, { method: 'PUT', body, headers });
    }
  }
}
