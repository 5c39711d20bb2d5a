import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { TokenCredential } from '@azure/identity';
import { DataLakeServiceClient } from '@azure/storage-file-datalake';
import { ActivityError } from '../engine/failure';
import type { Entry, FileStore } from './files';

/** One lake account. */
export interface Lake {
  container(name: string): FileStore & Writer;
  /** The plain directory behind a path, when this lake keeps its files on this machine. */
  onDisk(container: string, path: string): string | undefined;
  /** Moves a finished local file into the lake. */
  publish(file: string, container: string, path: string): Promise<void>;
}

/** Writing, which only the lake offers. */
export interface Writer {
  write(path: string, content: Readable): Promise<void>;
}

/** A lake whose files are also a plain directory: `<directory>/<container>/<path>`. */
export interface Direct {
  readonly url: string;
  readonly directory: string;
}

const trimmed = (url: string) => url.replace(/\/+$/, '');

/** @param direct big Parquet files skip the wire when they go to this lake */
export function lakeOf(url: string, credential: TokenCredential, direct?: Direct): Lake {
  const service = new DataLakeServiceClient(trimmed(url), credential, {
    retryOptions: { maxTries: 4, tryTimeoutInMs: 120_000 },
  });
  const isDirect = direct !== undefined && trimmed(direct.url) === trimmed(url);
  const onDisk: Lake['onDisk'] = (container, path) => {
    const parts = [container, ...path.split('/')];
    if (parts.includes('..')) throw new ActivityError('', `The path '${container}/${path}' leaves its container.`);
    return isDirect ? join(direct.directory, ...parts) : undefined;
  };
  return {
    onDisk,
    container: (name) => store(service, name),
    async publish(file, container, path) {
      const target = onDisk(container, path);
      if (target === undefined) {
        await service.getFileSystemClient(container).getFileClient(path).uploadFile(file, { close: true });
        return;
      }
      const home = await stat(onDisk(container, '') ?? '').catch(() => undefined);
      if (!home?.isDirectory())
        throw new ActivityError(
          '',
          `ADLS Gen2 operation failed: the file system '${container}' does not exist (FilesystemNotFound).`,
        );
      await mkdir(dirname(target), { recursive: true });
      await rename(file, target);
    },
  };
}

function store(service: DataLakeServiceClient, container: string): FileStore & Writer {
  const system = service.getFileSystemClient(container);
  const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  return {
    async look(path) {
      try {
        const file = system.getFileClient(path);
        const found = path === '' ? await system.getProperties() : await file.getProperties();
        const directory =
          path === '' ||
          ('metadata' in found && found.metadata?.['hdi_isfolder'] === 'true') ||
          ('isDirectory' in found && found.isDirectory === true);
        const size = 'contentLength' in found ? (found.contentLength ?? 0) : 0;
        return { name: nameOf(path), path, directory, size, modified: found.lastModified ?? new Date(0) };
      } catch (error) {
        if ((error as { statusCode?: number }).statusCode === 404) return undefined;
        throw error;
      }
    },
    async list(folder) {
      const entries: Entry[] = [];
      for await (const one of system.listPaths({ recursive: false, ...(folder === '' ? {} : { path: folder }) })) {
        const path = one.name ?? '';
        entries.push({
          name: nameOf(path),
          path,
          directory: one.isDirectory === true,
          size: Number(one.contentLength ?? 0),
          modified: one.lastModified ?? new Date(0),
        });
      }
      return entries;
    },
    async read(path) {
      const { readableStreamBody } = await system.getFileClient(path).read();
      return readableStreamBody instanceof Readable ? readableStreamBody : Readable.from(readableStreamBody ?? []);
    },
    async write(path, content) {
      await system.getFileClient(path).uploadStream(content, { close: true });
    },
    async remove(path) {
      await system.getFileClient(path).deleteIfExists();
    },
    close: async () => undefined,
  };
}
