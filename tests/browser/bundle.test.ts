import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, inject, test } from 'vitest';

const LIMIT = 40 * 1024;

describe('what a browser loads', () => {
  test('is at most 40 KB in all, compressed, and names nobody outside', async () => {
    const folder = inject('dashboard');
    let bytes = 0;
    for (const name of await readdir(folder, { recursive: true })) {
      if (!/\.(html|js|css|svg)$/.test(name)) continue;
      const content = await readFile(join(folder, name));
      bytes += gzipSync(content).length;
      const outside = content.toString().match(/https?:\/\/(?!www\.w3\.org)[^"'`\s)]+/g) ?? [];
      expect(outside, name).toEqual([]);
    }
    expect(bytes).toBeGreaterThan(5 * 1024);
    expect(bytes).toBeLessThanOrEqual(LIMIT);
  });

  test('has no script and no style inside the page itself', async () => {
    const page = await readFile(join(inject('dashboard'), 'index.html'), 'utf8');
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>|<style|\son\w+=|\sstyle=/);
    expect(page).toMatch(/assets\/index-[\w-]+\.js/);
  });
});
