import { ReadableStream } from 'node:stream/web';
import type { TokenCredential } from '@azure/identity';
import { ProblemError } from '../../errors';
import type { Lake, LakeFile } from '../../ports/lake';
import { problem } from '../../problem';
import { errorOfCall, guarded, LAKE } from '../failure';
import { lazy } from '../lazy';
import { isAbsent } from './absent';
import { download } from './download';
import { keep } from './keep';
import { marked, moved } from './mark';
import { putOnce } from './putOnce';
import { type ContainerClient, loadSdk, type ServiceClient } from './sdk';

const LIST_DEADLINE_MS = 5 * 60_000;
/** The SDK sets no time-out of its own: a server that hangs would hang the call. */
const RETRIES = { maxTries: 4, tryTimeoutInMs: 60_000 };

/** The data lake through its DFS endpoint. */
export function dataLake(url: string, credential: TokenCredential): Lake {
  const service = lazy(async (): Promise<ServiceClient> => {
    const { DataLakeServiceClient: Client } = await loadSdk();
    return new Client(url, credential, { retryOptions: RETRIES });
  });
  const within = <T>(doing: string, container: string, make: (files: ContainerClient) => Promise<T>) =>
    guarded(LAKE, `${doing} in ${container}`, async () => make((await service()).getFileSystemClient(container)));

  const opened = (container: string, path: string) =>
    within(`reading ${path}`, container, (files) => download(files.getFileClient(path)));

  return {
    list: (container, prefix) =>
      within(`listing ${prefix}`, container, async (files) => {
        const path = prefix.replace(/\/+$/, '');
        const abortSignal = AbortSignal.timeout(LIST_DEADLINE_MS);
        const found: LakeFile[] = [];
        try {
          for await (const item of files.listPaths({ recursive: true, abortSignal, ...(path && { path }) })) {
            if (item.isDirectory || item.name === undefined) continue;
            found.push({
              path: item.name,
              bytes: String(item.contentLength ?? 0),
              etag: (item.etag ?? '').replaceAll('"', ''),
              modified: (item.lastModified ?? new Date(0)).toISOString(),
            });
          }
        } catch (error) {
          if (isAbsent(error)) return [];
          throw error;
        }
        return found;
      }),

    read: (container, path) =>
      within(`reading ${path}`, container, async (files) => {
        const bytes = await download(files.getFileClient(path));
        return bytes && collected(bytes);
      }),

    range: (container, path, from, to) =>
      within(`reading ${path}`, container, async (files) => {
        if (to <= from) return new Uint8Array();
        const bytes = await download(files.getFileClient(path), from, to - from);
        if (bytes) return collected(bytes);
        throw new ProblemError(
          problem('NOT_FOUND', `${container}/${path}`, 'The file is not there.', 'Look at who removed it.'),
        );
      }),

    async stream(container, path) {
      const bytes = await opened(container, path);
      return bytes && ReadableStream.from(told(path, bytes));
    },

    putOnce: (container, path, body) => within(`putting ${path}`, container, (files) => putOnce(files, path, body)),

    keep: (from, into, path, etag) =>
      within(`keeping ${from.path}`, into, async (files) => {
        const source = (await service()).getFileSystemClient(from.container).getFileClient(from.path);
        return keep(source, files, path, etag);
      }),

    marked: (container, path) => within(`looking at ${path}`, container, (files) => marked(files.getFileClient(path))),

    move: (container, from, to, mark, over) =>
      within(`moving ${from}`, container, (files) => moved(files, from, to, mark, over)),

    remove: (container, path) =>
      within(`removing ${path}`, container, async (files) => {
        await files.getFileClient(path).deleteIfExists();
      }),
  };
}

async function collected(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

/** A stream fails long after the call that opened it; its errors are ours all the same. */
async function* told(path: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* bytes;
  } catch (error) {
    throw errorOfCall(LAKE, `reading ${path}`, error);
  }
}
