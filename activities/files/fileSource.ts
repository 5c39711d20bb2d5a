import { sourceOf } from '../../shared/catalog/lookup';
import type { FileSource } from '../../shared/contracts/catalog';
import type { SourceTask } from '../../shared/contracts/steps';
import type { Ports } from '../../shared/ports/ports';
import { catalogOf } from '../pinned';

/** The source of a task that reads files. */
export async function fileSourceOf(ports: Ports, task: SourceTask): Promise<FileSource> {
  const source = sourceOf(await catalogOf(ports, task.catalog), task.source);
  if (source.kind !== 'mysql') return source;
  throw new Error(`source ${source.name} reads no files`);
}
