import type { Readable } from 'node:stream';

/** A file or folder of a store. */
export interface Entry {
  readonly name: string;
  /** Path in the store: from the root of the container on the lake, without a slash before it; on an SFTP server as it was asked for. */
  readonly path: string;
  readonly directory: boolean;
  readonly size: number;
  readonly modified: Date;
}

/** The few things that activities do with files, the same on the lake and on an SFTP server. */
export interface FileStore {
  /** What lies at a path, or nothing. */
  look(path: string): Promise<Entry | undefined>;
  /** What lies directly in a folder. */
  list(path: string): Promise<Entry[]>;
  read(path: string): Promise<Readable>;
  remove(path: string): Promise<void>;
  close(): Promise<void>;
}

/** Every file below a folder, deepest last. */
export async function* walk(store: FileStore, folder: string): AsyncGenerator<Entry> {
  for (const entry of await store.list(folder)) {
    if (entry.directory) yield* walk(store, entry.path);
    else yield entry;
  }
}
