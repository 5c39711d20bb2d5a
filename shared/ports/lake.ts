/** A file of the lake; `bytes` as text. */
export interface LakeFile {
  readonly path: string;
  readonly bytes: string;
  readonly etag: string;
  readonly modified: string;
}

export interface Place {
  readonly container: string;
  readonly path: string;
}

/** SHA-256 as hex, size as text. */
export interface Digest {
  readonly sha256: string;
  readonly bytes: string;
}

/** A version of a file, and the mark that it was moved to its place with; `null` when it has none. */
export interface Marked {
  readonly etag: string;
  readonly mark: string | null;
}

/** The data lake, by container and path. */
export interface Lake {
  /** Files below a prefix, recursive; none when the prefix does not exist. */
  list(container: string, prefix: string): Promise<LakeFile[]>;
  /** The whole of a small file, or null when it is not there. */
  read(container: string, path: string): Promise<Uint8Array | null>;
  /** Bytes `from` (inclusive) to `to` (exclusive); resumes cut downloads. */
  range(container: string, path: string, from: number, to: number): Promise<Uint8Array>;
  /** The file as a stream, or null when it is not there. */
  stream(container: string, path: string): Promise<ReadableStream<Uint8Array> | null>;
  /**
   * Puts a file that nobody has put before, complete or not at all.
   * @returns 'created', or 'exists' when the very same bytes are there already
   * @throws ConflictError when other bytes are there
   */
  putOnce(container: string, path: string, body: Uint8Array): Promise<'created' | 'exists'>;
  /**
   * Copies a file to a place that follows from its content, complete or not at all, and reads it once. A file that is
   * there already has the same content.
   * @param etag the version that is meant; any when empty
   * @returns null when the file, or that version of it, is not there
   */
  keep(from: Place, into: string, path: (sha256: string) => string, etag: string): Promise<Digest | null>;
  /** The version of a file that is there now, and its mark; null when it is not there. */
  marked(container: string, path: string): Promise<Marked | null>;
  /**
   * Marks a file and moves it to another path of its container, in one step.
   * @param over ETag of the version that it takes the place of; null where nothing lies
   * @returns false when the file is not there, or when something else lies at the path
   */
  move(container: string, from: string, to: string, mark: string, over: string | null): Promise<boolean>;
  /** Removes a file; one that is not there is no fault. */
  remove(container: string, path: string): Promise<void>;
}
