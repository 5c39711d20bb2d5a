import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const LAUNCHER = join(__dirname, '../../../tidemark');

/** Runs the launcher in a checkout of its own, with these programs in front of those of the machine. */
async function launched(programs: Readonly<Record<string, string>>) {
  const root = await mkdtemp(join(tmpdir(), 'tidemark-launcher-'));
  try {
    await mkdir(join(root, 'bin'));
    await copyFile(LAUNCHER, join(root, 'tidemark'));
    for (const [name, script] of Object.entries(programs))
      await writeFile(join(root, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const env = { ...process.env, PATH: `${join(root, 'bin')}:${process.env['PATH']}` };
    return await new Promise<{ code: unknown; said: string }>((resolve) => {
      execFile(join(root, 'tidemark'), ['up'], { env }, (error, _, said) => resolve({ code: error?.code ?? 0, said }));
    });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

test.each([
  ['cannot install it', 'exit 100'],
  ['installs an old one', 'exit 0'],
])('a machine whose apt-get %s is told in one line how to come by Node', async (_, aptGet) => {
  const sudo = 'shift; exec "$@"';
  const { code, said } = await launched({ node: 'echo v18.20.4', 'apt-get': aptGet, sudo });
  expect(code).toBe(3);
  const [last = ''] = said.trimEnd().split('\n').slice(-1);
  expect(last).toMatch(/^tidemark: Node 20\.19 or newer is missing\. Install it \(.*nodejs\.org/);
  expect(last).not.toContain('apt-get');
});
