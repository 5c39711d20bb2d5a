import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

const HEADERS = {
  'content-security-policy':
    "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/**
 * The dashboard's files, as they were built. The page holds no data: it asks the API, with the caller's own token.
 * @param folder where the build put them
 */
export const dashboard =
  (folder: string) =>
  async (request: HttpRequest): Promise<HttpResponseInit> => {
    const wanted = normalize(request.params['file'] || 'index.html');
    const name = wanted.startsWith('..') || !(extname(wanted) in TYPES) ? 'index.html' : wanted;
    const hashed = name.startsWith('assets/');
    try {
      return {
        body: await readFile(join(folder, name)),
        headers: {
          ...HEADERS,
          'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
          'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
        },
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return { status: 404, body: 'no such file' };
    }
  };
