import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(__dirname, '../..');
const FOLDERS = ['activities', 'cli', 'functions', 'local', 'orchestrators', 'shared', 'web/src'];

const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : /\.tsx?$/.test(name) ? [path] : [];
  });
const all = FOLDERS.flatMap((folder) => files(join(ROOT, folder)));

test('no folder is a drawer for whatever has no home', () => {
  expect(all.filter((path) => /[/\\](utils?|helpers?|common|misc)[/\\.]/.test(relative(ROOT, path)))).toEqual([]);
});

test('files are called alike: words are run together', () => {
  expect(all.filter((path) => /[-_]/.test(basename(path))).map((path) => relative(ROOT, path))).toEqual([]);
});

test('half of the files fit on a screen and none is longer than four of them', () => {
  const lines = all.map((path) => ({
    path: relative(ROOT, path),
    lines: readFileSync(path, 'utf8').split('\n').length,
  }));
  lines.sort((a, b) => a.lines - b.lines);
  expect(lines[Math.floor(lines.length / 2)]?.lines).toBeLessThanOrEqual(70);
  expect(lines.filter((file) => file.lines > 240)).toEqual([]);
});

test('triggers, orchestrators and activities are registered in the composition root alone', () => {
  const registering = all.filter((path) =>
    /\b(df\.)?app\.(http|timer|eventGrid|orchestration|activity)\(/.test(readFileSync(path, 'utf8')),
  );
  expect(registering.map((path) => relative(ROOT, path))).toEqual(['functions/main.ts']);
});

test('a durable task is yielded in call.ts alone', () => {
  const bare = files(join(ROOT, 'orchestrators')).filter((path) => /\byield (?!\*)/.test(readFileSync(path, 'utf8')));
  expect(bare.map((path) => relative(ROOT, path))).toEqual(['orchestrators/call.ts']);
});
