import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Credentials, credentials } from '../../../support/credential';
import { type LocalState, localState } from '../../../support/local';
import { freePort, localProcess } from '../../../support/process';

const BASE = '/subscriptions/s/resourceGroups/g/providers/Microsoft.DataFactory/factories/tidemark-local';

let state: LocalState;
let known: Credentials;
let url: string;
let start: () => ReturnType<typeof localProcess>;
const call = async <R>(method: string, path: string, body?: unknown): Promise<R> => {
  const token = (await known.of('app').getToken('https://management.azure.com/.default'))?.token;
  const answer = await fetch(`${url}${BASE}${path}?api-version=2018-06-01`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as R;
};

beforeAll(async () => {
  state = await localState();
  known = await credentials(state.directory);
  const port = await freePort();
  url = `https://127.0.0.1:${port}`;
  const environment = {
    TIDEMARK_STATE: state.directory,
    TIDEMARK_PORT: String(port),
    NODE_EXTRA_CA_CERTS: join(state.directory, 'tls/ca.pem'),
    NO_PROXY: '127.0.0.1',
  };
  start = () => localProcess('adf', environment);
});
afterAll(() => state.dispose());

describe('a factory that is killed', () => {
  test('has lost nothing acknowledged, and ends what was running as a failure that may pass', async () => {
    const wait = (name: string, waitTimeInSeconds: number) => ({
      name,
      type: 'Wait',
      typeProperties: { waitTimeInSeconds },
    });
    let factory = await start();
    try {
      await call('PUT', '/pipelines/quick', { properties: { activities: [wait('Quick', 0)] } });
      await call('PUT', '/pipelines/slow', { properties: { activities: [wait('Quick', 0), wait('Slow', 600)] } });
      const quick = await call<{ runId: string }>('POST', '/pipelines/quick/createRun');
      const slow = await call<{ runId: string }>('POST', '/pipelines/slow/createRun');
      await sleep(300);
      const last = await call<{ runId: string }>('POST', '/pipelines/slow/createRun');
      await factory.kill();
      factory = await start();
      const status = async ({ runId }: { runId: string }) =>
        call<{ status: string; message: string }>('GET', `/pipelineruns/${runId}`);
      expect(await status(quick)).toMatchObject({ status: 'Succeeded' });
      expect(await status(slow)).toMatchObject({
        status: 'Failed',
        message: expect.stringContaining('integration runtime was restarted'),
      });
      expect(await status(last)).toMatchObject({ status: 'Failed' });
      const { value } = await call<{
        value: { activityName: string; status: string; error: { failureType: string; errorCode: string } }[];
      }>('POST', `/pipelineruns/${slow.runId}/queryActivityruns`, {
        lastUpdatedAfter: '2020-01-01T00:00:00Z',
        lastUpdatedBefore: '2999-01-01T00:00:00Z',
      });
      expect(value.map(({ activityName, status: how }) => [activityName, how])).toEqual([
        ['Quick', 'Succeeded'],
        ['Slow', 'Failed'],
      ]);
      expect(value[1]?.error).toMatchObject({ failureType: 'SystemError', errorCode: '2001' });
      expect(await call<{ name: string }>('GET', '/pipelines/slow')).toMatchObject({ name: 'slow' });
    } finally {
      expect(await factory.end()).toBe(0);
    }
  });
});
