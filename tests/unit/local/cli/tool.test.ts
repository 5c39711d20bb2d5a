import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { tool } from '../../../../local/cli/tool';
import { layoutOf } from '../../../../local/supervisor/layout';

afterEach(() => vi.unstubAllEnvs());

test('a program of the checkout speaks to the local stack, whatever API the caller has exported', async () => {
  for (const name of ['URL', 'KEY', 'TOKEN', 'CA']) vi.stubEnv(`TIDEMARK_${name}`, 'of production');
  const root = await mkdtemp(join(tmpdir(), 'tidemark-tool-'));
  try {
    await mkdir(join(root, 'dist'));
    await writeFile(join(root, 'dist/main.js'), 'process.stdout.write(JSON.stringify(process.env))');
    const { out } = await tool({ ...layoutOf({ TIDEMARK_STATE: join(root, 'state') }), root }, 'main.js', []);
    expect(JSON.parse(out)).toMatchObject({ TIDEMARK_STATE: join(root, 'state') });
    expect(out).not.toContain('of production');
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
