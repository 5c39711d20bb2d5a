import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LocalState, localState, planFaults } from '../../../support/local';

let state: LocalState;
let url: string;
let acted = 0;
beforeAll(async () => {
  state = await localState();
  url = (await state.serve(() => Response.json({ acted: ++acted }))).url;
});
afterAll(() => state.dispose());
beforeEach(() => {
  acted = 0;
});

describe('a server with faults', () => {
  test('answers its health without a token or a header', async () => {
    expect(await (await fetch(`${url}/_local/health`)).json()).toEqual({ status: 'ok' });
  });

  test('refuses a fault plan from a caller that does not say it is local', async () => {
    expect((await fetch(`${url}/_local/faults`, { method: 'POST', body: '[]' })).status).toBe(403);
  });

  test('answers the planned status with its headers and does not act', async () => {
    await planFaults(url, [{ match: 'GET /a', kind: 'status', status: 429, headers: { 'retry-after': '7' } }]);
    const answer = await fetch(`${url}/a`);
    expect([answer.status, answer.headers.get('retry-after'), acted]).toEqual([429, '7', 0]);
    expect((await fetch(`${url}/a`)).status).toBe(200);
  });

  test('loses the reply after acting, or the request before acting', async () => {
    await planFaults(url, [{ match: 'POST /a', kind: 'drop-after' }]);
    await expect(fetch(`${url}/a`, { method: 'POST' })).rejects.toThrow('fetch failed');
    expect(acted).toBe(1);
    await planFaults(url, [{ match: 'POST /a', kind: 'drop-before' }]);
    await expect(fetch(`${url}/a`, { method: 'POST' })).rejects.toThrow('fetch failed');
    expect(acted).toBe(1);
  });

  test('stays down in an outage until the plan is cleared', async () => {
    await planFaults(url, [{ match: '* /', kind: 'outage' }]);
    await expect(fetch(`${url}/a`)).rejects.toThrow('fetch failed');
    await expect(fetch(`${url}/b`)).rejects.toThrow('fetch failed');
    await fetch(`${url}/_local/faults`, { method: 'DELETE', headers: { 'x-tidemark-local': '1' } });
    expect((await fetch(`${url}/a`)).status).toBe(200);
  });
});
