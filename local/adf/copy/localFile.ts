import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Entry } from '../connectors/files';
import type { Place } from '../connectors/open';
import type { Attempt } from '../engine/activity';

/** A store's file on this machine: where it already lies, or a copy that `dispose` removes. */
export async function localFile(
  place: Place,
  entry: Entry,
  { context, signal }: Attempt,
): Promise<{ path: string; dispose(): Promise<void> }> {
  const direct = place.lake?.account.onDisk(place.lake.container, entry.path);
  if (direct) return { path: direct, dispose: async () => undefined };
  const { scratch } = context.services.duck;
  await mkdir(scratch, { recursive: true });
  const path = join(scratch, randomUUID());
  const dispose = () => rm(path, { force: true });
  try {
    await pipeline(await place.store.read(entry.path), createWriteStream(path), { signal });
  } catch (error) {
    await dispose();
    throw error;
  }
  return { path, dispose };
}
