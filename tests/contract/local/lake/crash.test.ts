import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DataLakeServiceClient } from '@azure/storage-file-datalake';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Credentials, credentials } from '../../../support/credential';
import { type LocalState, localState } from '../../../support/local';
import { freePort, type LocalProcess, localProcess } from '../../../support/process';
import { type Webhook, webhook } from '../../../support/webhook';

let state: LocalState;
let known: Credentials;
let port: string;
let server: LocalProcess;
let hook: Webhook;
const landing = () =>
  new DataLakeServiceClient(`https://127.0.0.1:${port}/tidemarklake`, known.of('app')).getFileSystemClient('landing');
const start = async () => {
  server = await localProcess('lake', {
    TIDEMARK_STATE: state.directory,
    TIDEMARK_PORT: port,
    NODE_EXTRA_CA_CERTS: state.tls.caPath,
    TIDEMARK_BLOB_SUBSCRIPTIONS: JSON.stringify([{ container: 'landing', endpoint: hook.url }]),
  });
};
/** Largest resident memory of the server so far, in MiB. */
const peakMiB = async () =>
  Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${server.child.pid}/status`, 'utf8'))?.[1]) / 1024;

beforeAll(async () => {
  state = await localState();
  known = await credentials(state.directory);
  hook = await webhook(state);
  port = String(await freePort());
  await start();
  await landing().create();
});
afterAll(async () => {
  await server.kill();
  await state.dispose();
});

test('an event that nobody took before SIGKILL is delivered after the restart', async () => {
  hook.refuse = Number.POSITIVE_INFINITY;
  await landing().getFileClient('drop/a.csv').upload(Buffer.from('x'));
  await server.kill();
  expect(hook.received).toEqual([]);
  hook.refuse = 0;
  await start();
  await vi.waitFor(
    () => expect(hook.received.map(({ subject }) => subject)).toEqual([expect.stringMatching(/drop\/a\.csv$/)]),
    10_000,
  );
});

test('appends that were acknowledged before SIGKILL can be flushed after it', async () => {
  const file = landing().getFileClient('half.csv');
  await file.create();
  await file.append('first,', 0, 6);
  await server.kill();
  await start();
  await file.append('second', 6, 6);
  await file.flush(12);
  expect((await file.readToBuffer()).toString()).toBe('first,second');
});

test('100 MB go up and come down without filling the memory', async () => {
  const bytes = randomBytes(100 * 1024 * 1024);
  const file = landing().getFileClient('large.bin');
  await landing()
    .getFileClient('warm.bin')
    .upload(bytes.subarray(0, 1024 * 1024));
  const before = await peakMiB();
  await file.upload(bytes, { singleUploadThreshold: bytes.length, chunkSize: bytes.length });
  const down = await file.read();
  let position = 0;
  let same = true;
  for await (const chunk of down.readableStreamBody ?? []) {
    const piece = chunk as Buffer;
    same &&= piece.equals(bytes.subarray(position, position + piece.length));
    position += piece.length;
  }
  expect([same, position]).toEqual([true, bytes.length]);
  expect((await stat(join(state.directory, 'lake/landing/large.bin'))).size).toBe(bytes.length);
  expect((await peakMiB()) - before).toBeLessThan(60);
});
