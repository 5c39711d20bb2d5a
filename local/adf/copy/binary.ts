import { type Place, pathOf } from '../connectors/open';
import type { CopyProperties, Source } from '../definition/copy';
import type { Attempt } from '../engine/activity';
import { ActivityError } from '../engine/failure';
import type { Moved } from './output';
import { selectFiles } from './select';
import type { Target } from './target';

type BinarySource = Extract<Source, { type: 'BinarySource' }>;

/** Copies files byte by byte into the lake, as a stream. */
export async function binary(
  { sink, validateDataConsistency }: CopyProperties,
  source: BinarySource,
  from: Place,
  target: Target,
  attempt: Attempt,
): Promise<Moved> {
  const files = await selectFiles(from, source.storeSettings);
  const flat = sink.storeSettings.copyBehavior === 'FlattenHierarchy';
  if (target.file !== '' && files.length > 1)
    throw new ActivityError('BadRequest', `The sink names one file, but ${files.length} are to be copied.`);
  const container = target.lake.account.container(target.lake.container);
  let moved = 0;
  for (const { entry, relative } of files) {
    attempt.signal.throwIfAborted();
    const name = target.file !== '' ? target.file : flat ? entry.name : relative;
    const stream = await from.store.read(entry.path);
    const stop = () => stream.destroy(attempt.signal.reason as Error);
    attempt.signal.addEventListener('abort', stop, { once: true });
    await container
      .write(pathOf(target, name), stream)
      .finally(() => attempt.signal.removeEventListener('abort', stop));
    const written = (await container.look(pathOf(target, name)))?.size;
    if (written !== entry.size)
      throw new ActivityError(
        '',
        `'${entry.path}' had ${entry.size} bytes, but ${written ?? 'none'} arrived: it changed while it was read, or the transfer broke. Copy it again.`,
        'SystemError',
      );
    moved += entry.size;
  }
  return {
    dataRead: moved,
    dataWritten: moved,
    filesRead: files.length,
    filesWritten: files.length,
    ...(validateDataConsistency ? { verified: true } : {}),
  };
}
