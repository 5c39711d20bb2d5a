import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Host } from '../../../../local/host/host';
import { call, running } from './running';

const Keys = z.object({
  master: z.string(),
  host: z.string(),
  functions: z.record(z.string(), z.string()),
  systems: z.record(z.string(), z.string()),
});
let host: Host & { state: string };
let keys: z.infer<typeof Keys>;
beforeAll(async () => {
  host = await running({ requireKeys: true });
  keys = Keys.parse(host.engine.hub.state.values.get('keys'));
});
afterAll(() => host.stop());

const status = async (path: string, key?: string) =>
  (await call(`${host.url}${path}`, { headers: key === undefined ? {} : { 'x-functions-key': key } })).status;

describe('a host that requires keys', () => {
  test('opens a function by its own, the host and the master key', async () => {
    const { functions, host: hostKey, master } = keys;
    const tried = [undefined, 'wrong', functions['topSecret'], functions['secret'], hostKey, master];
    expect(await Promise.all(tried.map((key) => status('/api/secret', key)))).toEqual([401, 401, 401, 200, 200, 200]);
    expect(await status(`/api/secret?code=${keys.host}`)).toBe(200);
  });

  test('opens an admin function and the administration by the master key alone', async () => {
    for (const path of ['/api/topSecret', '/admin/functions']) {
      expect(
        await Promise.all([keys.host, keys.functions['topSecret'], keys.master].map((key) => status(path, key))),
      ).toEqual([401, 401, 200]);
    }
  });

  test('opens a webhook by the system key of its extension', async () => {
    const path = '/runtime/webhooks/durabletask/instances/';
    const tried = [keys.host, keys.systems['eventgrid_extension'], keys.systems['durabletask_extension'], keys.master];
    expect(await Promise.all(tried.map((key) => status(path, key)))).toEqual([401, 401, 200, 200]);
  });

  test('leaves anonymous functions and the health check open', async () => {
    expect(await status('/api/hello/World')).toBe(200);
    expect(await status('/admin/host/status')).toBe(200);
  });

  test('keeps its keys over a restart', async () => {
    await host.stop();
    host = await running({ requireKeys: true, state: host.state });
    expect(host.engine.hub.state.values.get('keys')).toEqual(keys);
  });
});
