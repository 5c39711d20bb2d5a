import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../local/lake/conditions';
import type { Node } from '../../../../local/lake/node';

const node: Node = {
  directory: false,
  size: 1,
  modified: new Date('2026-01-02T03:04:05.900Z'),
  created: new Date(0),
  etag: '"0xA"',
  key: 'f1',
  meta: { revision: 0, metadata: {} },
};

describe('a condition', () => {
  test.each([
    [{ 'if-match': '"0xA"' }, 'met'],
    [{ 'if-match': '0xA' }, 'met'],
    [{ 'if-match': '*' }, 'met'],
    [{ 'if-match': '"0xB"' }, 'failed'],
    [{ 'if-none-match': '*' }, 'exists'],
    [{ 'if-none-match': '"0xA"' }, 'not-modified'],
    [{ 'if-none-match': '"0xB", "0xA"' }, 'not-modified'],
    [{ 'if-none-match': '"0xB"' }, 'met'],
    [{ 'if-modified-since': 'Fri, 02 Jan 2026 03:04:05 GMT' }, 'not-modified'],
    [{ 'if-modified-since': 'Fri, 02 Jan 2026 03:04:04 GMT' }, 'met'],
    [{ 'if-unmodified-since': 'Fri, 02 Jan 2026 03:04:05 GMT' }, 'met'],
    [{ 'if-unmodified-since': 'Fri, 02 Jan 2026 03:04:04 GMT' }, 'failed'],
    [{}, 'met'],
  ] as const)('%o on an existing path is %s', (headers, verdict) => {
    expect(evaluate(new Headers(headers), node)).toBe(verdict);
  });

  test.each([
    [{ 'if-match': '*' }, 'failed'],
    [{ 'if-none-match': '*' }, 'met'],
  ] as const)('%o on a path that is not there is %s', (headers, verdict) => {
    expect(evaluate(new Headers(headers), undefined)).toBe(verdict);
  });
});
