import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Host } from '../../../../local/host/host';
import { call, running } from './running';

let host: Host & { state: string };
beforeAll(async () => {
  host = await running();
});
afterAll(() => host.stop());

describe('HTTP functions of the local host', () => {
  test('routes carry typed and optional parameters', async () => {
    const both = await call(`${host.url}/api/hello/World/7`);
    expect(JSON.parse(both.body.toString())).toEqual({ name: 'World', n: '7' });
    const one = await call(`${host.url}/api/HELLO/World`);
    expect(JSON.parse(one.body.toString())).toEqual({ name: 'World' });
    expect((await call(`${host.url}/api/hello/W0rld`)).status).toBe(404);
  });

  test('a wrong method is 404, as in the real host', async () => {
    expect((await call(`${host.url}/api/hello/World`, { method: 'POST' })).status).toBe(404);
    expect((await call(`${host.url}/api/nowhere`)).status).toBe(404);
  });

  test('body, headers, query and cookies pass in both directions', async () => {
    const body = Buffer.from([0, 255, 128, 10]);
    const reply = await call(`${host.url}/api/mirror?q=1&q=2`, { method: 'PUT', body });
    expect(reply).toMatchObject({ status: 201, body, headers: { 'x-method': 'PUT', 'x-query': '1,2' } });
    expect(reply.headers['set-cookie']).toEqual(['a=b%20c; max-age=60; path=/; samesite=Lax; httponly']);
  });

  test('a handler that returns nothing answers 204, one that throws an empty 500', async () => {
    expect(await call(`${host.url}/api/nothing`)).toMatchObject({ status: 204, body: Buffer.alloc(0) });
    expect(await call(`${host.url}/api/broken`)).toMatchObject({ status: 500, body: Buffer.alloc(0) });
  });

  test.each(['buffer', 'stream'])('four megabytes arrive whole from a %s', async (how) => {
    const reply = await call(`${host.url}/api/megabytes/${how}`);
    expect(reply.body.equals(Buffer.alloc(4 * 1024 * 1024, 7))).toBe(true);
  });

  test('the status says that the host runs, and what is not imitated says so', async () => {
    const status = await call(`${host.url}/admin/host/status`);
    expect(JSON.parse(status.body.toString())).toMatchObject({ state: 'Running' });
    expect(await call(`${host.url}/admin/host/synctriggers`, { method: 'POST' })).toMatchObject({
      status: 501,
      body: Buffer.from('POST /admin/host/synctriggers is not imitated by the local host'),
    });
  });

  test('a second host on the same store is refused', async () => {
    await expect(running({ state: host.state })).rejects.toThrow('is in use by process');
  });
});
