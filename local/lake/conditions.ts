import type { Node } from './node';

/** How a conditional request ends: go on, 304 for reads, 412, or "exists" which each operation words in its own way. */
export type Verdict = 'met' | 'not-modified' | 'failed' | 'exists';

/**
 * Evaluates If-Match, If-None-Match, If-Modified-Since and If-Unmodified-Since.
 * @param prefix `x-ms-source-` for the source of a rename
 * @param node what is there now, if anything
 */
export function evaluate(headers: Headers, node: Node | undefined, prefix: '' | 'x-ms-source-' = ''): Verdict {
  const header = (name: string) => headers.get(prefix + name);
  const tags = (text: string) => text.split(',').map((tag) => tag.trim().replace(/^W\//, '').replaceAll('"', ''));
  const own = node?.etag.replaceAll('"', '');
  const matches = (text: string) => own !== undefined && tags(text).some((tag) => tag === '*' || tag === own);

  const ifMatch = header('if-match');
  if (ifMatch !== null && !matches(ifMatch)) return 'failed';
  const ifNoneMatch = header('if-none-match');
  if (ifNoneMatch !== null && matches(ifNoneMatch)) return tags(ifNoneMatch).includes('*') ? 'exists' : 'not-modified';

  const seconds = node && Math.floor(node.modified.getTime() / 1000);
  const time = (name: string) => {
    const parsed = Date.parse(header(name) ?? '');
    return Number.isNaN(parsed) ? undefined : Math.floor(parsed / 1000);
  };
  const since = time('if-modified-since');
  if (seconds !== undefined && since !== undefined && seconds <= since) return 'not-modified';
  const unmodified = time('if-unmodified-since');
  if (seconds !== undefined && unmodified !== undefined && seconds > unmodified) return 'failed';
  return 'met';
}
