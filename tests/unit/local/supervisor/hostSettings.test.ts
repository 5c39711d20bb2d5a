import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostSettings } from '../../../../local/supervisor/hostSettings';
import type { Stack } from '../../../../local/supervisor/stack';

test('the app of this machine knows the servers of its stack, and those that the environment names', async () => {
  const state = await mkdtemp(join(tmpdir(), 'settings-'));
  await mkdir(join(state, 'sftp-keys'));
  for (const name of ['client', 'host.pub']) await writeFile(join(state, 'sftp-keys', name), 'ssh-ed25519 AAAA');
  const stack = { layout: { state }, ports: { mysql: 3306 }, secrets: {} } as unknown as Stack;
  const crm = { host: 'crm.example', port: 3306, username: 'etl' };
  const settings = await hostSettings(stack, { TIDEMARK_CONNECTIONS: JSON.stringify({ crm }) });
  await rm(state, { recursive: true });
  expect(JSON.parse(settings['CONNECTIONS'] ?? '')).toMatchObject({
    crm,
    'shop-db': { host: '127.0.0.1', port: 3306, username: 'etl' },
  });
});
