import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(__dirname, '../..');
const rows = readFileSync(join(root, 'docs/fma.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| F\d\d \|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const testsIn = (cell = ''): string[] =>
  [...cell.matchAll(/`((?:tests|local\/chaos)\/[^`]+)`/g)].map(([, file = '']) => file);

describe('docs/fma.md', () => {
  test('has a row for each failure, in order', () => {
    const wanted = Array.from({ length: 34 }, (_, at) => `F${String(at + 1).padStart(2, '0')}`);
    expect(rows.map(([, id]) => id)).toEqual(wanted);
  });

  test.each(rows.map(([, id, , covered, not]) => [id, covered, not] as const))(
    '%s names tests that are there, or says why there is none',
    (_id, covered, not) => {
      const files = testsIn(covered);
      expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
      if (files.length === 0) expect(not?.length).toBeGreaterThan(20);
    },
  );
});
