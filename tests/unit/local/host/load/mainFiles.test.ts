import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { mainFiles } from '../../../../../local/host/load/mainFiles';

let app: string;
beforeAll(() => {
  app = mkdtempSync(join(tmpdir(), 'app-'));
  for (const file of [
    'index.js',
    'src/index.js',
    'src/functions/a.js',
    'src/functions/b.js',
    'src/functions/b.js.map',
    'src/functions/deep/c.js',
  ]) {
    mkdirSync(join(app, file, '..'), { recursive: true });
    writeFileSync(join(app, file), '');
  }
});

describe('the main glob of an app', () => {
  test.each([
    ['index.js', ['index.js']],
    ['./src/functions/*.js', ['src/functions/a.js', 'src/functions/b.js']],
    ['src/{index.js,functions/*.js}', ['src/functions/a.js', 'src/functions/b.js', 'src/index.js']],
    ['src/**/*.js', ['src/functions/a.js', 'src/functions/b.js', 'src/functions/deep/c.js', 'src/index.js']],
  ])('%s', (main, expected) => {
    expect(mainFiles(app, main).map((file) => relative(app, file))).toEqual(expected);
  });

  test('no match is an error that tells to build first', () => {
    expect(() => mainFiles(app, 'dist/*.js')).toThrow('build the app first');
  });
});
