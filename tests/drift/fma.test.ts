import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(__dirname, '../..');
const rows = readFileSync(join(root, 'docs/fma.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| F\d\d \|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));
/** What a row says of the scenarios of a file of `tidemark chaos`: the file, and their names, `*` for how they go on. */
const scenariosIn = (cell = ''): [string, string][] =>
  [...cell.matchAll(/`(local\/chaos\/[^`]+)` \(([^)]*)\)/g)].flatMap(([, file = '', told = '']) =>
    [...told.matchAll(/`([^`]+)`/g)].map(([, name = '']): [string, string] => [file, name]),
  );
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

  test.each(rows.flatMap(([, id, , covered]) => scenariosIn(covered).map((one) => [id, ...one] as const)))(
    '%s: %s has the scenario %s',
    async (_id, file, name) => {
      const module = (await import(join(root, file))) as Record<string, unknown>;
      const names = Object.values(module)
        .flat()
        .map((one) => (one as { name?: string }).name ?? '');
      const meant = (known: string) => (name.endsWith('*') ? known.startsWith(name.slice(0, -1)) : known === name);
      expect(names.filter(meant)).not.toEqual([]);
    },
  );
});
