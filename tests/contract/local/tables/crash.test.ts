import { TableClient } from '@azure/data-tables';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collect } from '../../../support/collect';
import { type Credentials, credentials } from '../../../support/credential';
import { type LocalState, localState } from '../../../support/local';
import { freePort, type LocalProcess, localProcess } from '../../../support/process';

let state: LocalState;
let known: Credentials;
let port: string;
let server: LocalProcess;
const start = async () => {
  server = await localProcess('tables', { TIDEMARK_STATE: state.directory, TIDEMARK_PORT: port });
};
const runs = () =>
  new TableClient(`https://127.0.0.1:${port}/devstoreaccount1`, 'runs', known.of('app'), {
    retryOptions: { maxRetries: 0 },
  });

beforeAll(async () => {
  state = await localState();
  known = await credentials(state.directory);
  port = String(await freePort());
  await start();
});
afterAll(async () => {
  await server.kill();
  await state.dispose();
});

test('what the tables acknowledged survives SIGKILL, and transactions survive whole', async () => {
  await runs().createTable();
  const acknowledged = new Set<string>();
  const writing = (async () => {
    for (let i = 0; ; i += 1) {
      const [a, b] = [`${i}-a`, `${i}-b`];
      await runs().submitTransaction([
        ['create', { partitionKey: 'p', rowKey: a }],
        ['create', { partitionKey: 'p', rowKey: b }],
      ]);
      acknowledged.add(a).add(b);
      if (acknowledged.size === 20) void server.kill();
    }
  })();
  await expect(writing).rejects.toThrow();
  expect(acknowledged.size).toBeGreaterThanOrEqual(20);

  await start();
  const found = new Set((await collect(runs().listEntities())).map(({ rowKey }) => String(rowKey)));
  for (const rowKey of acknowledged) expect(found).toContain(rowKey);
  for (const rowKey of found) expect(found).toContain(rowKey.replace(/[ab]$/, (half) => (half === 'a' ? 'b' : 'a')));
});

test('the server ends with 0 on SIGTERM', async () => {
  expect(await server.end()).toBe(0);
});
