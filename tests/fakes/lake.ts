import { createHash } from 'node:crypto';
import { ReadableStream } from 'node:stream/web';
import { ConflictError, ProblemError } from '../../shared/errors';
import type { Lake, LakeFile } from '../../shared/ports/lake';
import { problem } from '../../shared/problem';

interface File {
  readonly body: Uint8Array;
  readonly etag: string;
  readonly modified: string;
  readonly mark?: string;
}

/** The lake in memory; `put` is how a sender or Data Factory would write, over what is there. */
export function fakeLake(now: () => Date = () => new Date()): Lake & {
  put(container: string, path: string, body: Uint8Array): Promise<void>;
} {
  const containers = new Map<string, Map<string, File>>();
  let version = 0;
  const filesOf = (container: string) => {
    const files = containers.get(container) ?? new Map<string, File>();
    containers.set(container, files);
    return files;
  };
  const put = async (container: string, path: string, body: Uint8Array) => {
    version += 1;
    filesOf(container).set(path, { body: body.slice(), etag: `0x${version}`, modified: now().toISOString() });
  };
  const sha256 = (body: Uint8Array) => createHash('sha256').update(body).digest('hex');

  return {
    put,
    async list(container, prefix) {
      const folder = prefix.replace(/\/+$/, '');
      const under = [...filesOf(container)].filter(([path]) => folder === '' || path.startsWith(`${folder}/`));
      return under
        .map(([path, { body, etag, modified }]): LakeFile => ({ path, bytes: String(body.length), etag, modified }))
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    read: async (container, path) => filesOf(container).get(path)?.body.slice() ?? null,
    async range(container, path, from, to) {
      const file = filesOf(container).get(path);
      if (file) return file.body.slice(from, Math.max(from, to));
      throw new ProblemError(problem('NOT_FOUND', `${container}/${path}`, 'The file is not there.', 'Look why.'));
    },
    async stream(container, path) {
      const file = filesOf(container).get(path);
      return file ? ReadableStream.from([file.body.slice()]) : null;
    },
    async putOnce(container, path, body) {
      const file = filesOf(container).get(path);
      if (!file) await put(container, path, body);
      else if (sha256(file.body) !== sha256(body)) {
        throw new ConflictError(
          problem('WINDOW_CONFLICT', path, 'Other bytes lie there already.', 'Look who put them.'),
        );
      }
      return file ? 'exists' : 'created';
    },
    async keep(from, into, path, etag) {
      const file = filesOf(from.container).get(from.path);
      if (!file || (etag !== '' && file.etag !== etag)) return null;
      const hash = sha256(file.body);
      if (!filesOf(into).has(path(hash))) await put(into, path(hash), file.body);
      return { sha256: hash, bytes: String(file.body.length) };
    },
    async marked(container, path) {
      const file = filesOf(container).get(path);
      return file ? { etag: file.etag, mark: file.mark ?? null } : null;
    },
    async move(container, from, to, mark, over) {
      const files = filesOf(container);
      const file = files.get(from);
      if (!file || (files.get(to)?.etag ?? null) !== over) return false;
      version += 1;
      files.set(to, { ...file, etag: `0x${version}`, mark });
      files.delete(from);
      return true;
    },
    remove: async (container, path) => void filesOf(container).delete(path),
  };
}
