/** A file of the lake; `bytes` as text. */
export interface LakeFile {
  readonly path: string;
  readonly bytes: string;
  readonly etag: string;
  readonly modified: string;
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
  /** SHA-256 (hex) and size in bytes (text) of a file, read as a stream. */
  digest(container: string, path: string): Promise<{ sha256: string; bytes: string } | null>;
}
