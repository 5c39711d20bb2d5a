import { join } from 'node:path';
import { DataLakeServiceClient } from '@azure/storage-file-datalake';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { writeDurable } from '../../../../local/disk/durable';
import { lake } from '../../../../local/lake/lake';
import { type Credentials, credentials } from '../../../support/credential';
import { type LocalState, localState } from '../../../support/local';
import { type Webhook, webhook } from '../../../support/webhook';

let state: LocalState;
let known: Credentials;
let url: string;
let hook: Webhook;
const container = (name: string) =>
  new DataLakeServiceClient(`${url}/tidemarklake`, known.of('app')).getFileSystemClient(name);
const misbehave = async (faults: object) => {
  const headers = { 'x-tidemark-local': '1' };
  const answer = await fetch(`${url}/_local/events/faults`, { method: 'POST', headers, body: JSON.stringify(faults) });
  expect(answer.status).toBe(200);
};

beforeAll(async () => {
  state = await localState();
  known = await credentials(state.directory);
  hook = await webhook(state);
  url = await state.start((baseUrl) => lake({ state: state.directory, baseUrl, keys: known.keys, environment: {} }));
  await writeDurable(
    join(state.directory, 'lake/subscriptions.json'),
    JSON.stringify([{ container: 'landing', prefix: 'drop/', endpoint: hook.url }]),
  );
  await Promise.all(['landing', 'silver'].map((name) => container(name).create()));
});
afterAll(() => state.dispose());
beforeEach(() => {
  hook.received.length = 0;
});

describe('blob events', () => {
  test('tell of an upload in a subscribed place, once, with the ETag that it has', async () => {
    await container('silver').getFileClient('drop/a').upload(Buffer.from('x'));
    await container('landing').getFileClient('elsewhere/a').upload(Buffer.from('x'));
    const file = container('landing').getFileClient('drop/a b.csv');
    await file.upload(Buffer.from('12345'));
    await vi.waitFor(() => expect(hook.received).toHaveLength(1));
    const { etag } = await file.getProperties();
    expect(hook.received[0]).toMatchObject({
      eventType: 'Microsoft.Storage.BlobCreated',
      topic: expect.stringMatching(/\/storageAccounts\/tidemarklake$/),
      subject: '/blobServices/default/containers/landing/blobs/drop/a b.csv',
      data: {
        api: 'FlushWithClose',
        contentLength: 5,
        eTag: String(etag).replaceAll('"', ''),
        url: `${url}/tidemarklake/landing/drop/a%20b.csv`,
      },
    });
  });

  test('come again until the webhook takes them', async () => {
    hook.refuse = 2;
    await container('landing').getFileClient('drop/retried').upload(Buffer.from('x'));
    await vi.waitFor(() => expect(hook.received).toHaveLength(1), 5000);
    expect(hook.refuse).toBe(0);
  });

  test('come twice, late or never on demand', async () => {
    await misbehave({ duplicate: 1 });
    await container('landing').getFileClient('drop/twice').upload(Buffer.from('x'));
    await vi.waitFor(() => expect(hook.received).toHaveLength(2));
    expect(hook.received[0]?.id).toBe(hook.received[1]?.id);

    await misbehave({ drop: true });
    await container('landing').getFileClient('drop/lost').upload(Buffer.from('x'));
    await misbehave({ delayMs: 200 });
    const before = Date.now();
    await container('landing').getFileClient('drop/late').upload(Buffer.from('x'));
    await vi.waitFor(() => expect(hook.received).toHaveLength(3), 3000);
    expect(Date.now() - before).toBeGreaterThanOrEqual(200);
    expect(hook.received[2]?.subject).toMatch(/drop\/late$/);
  });
});
