import { TableClient } from '@azure/data-tables';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Served } from '../../../../local/http/serve';
import { tables } from '../../../../local/tables/tables';
import { collect } from '../../../support/collect';
import { type Credentials, credentials } from '../../../support/credential';
import { type LocalState, localState, planFaults } from '../../../support/local';

let state: LocalState;
let known: Credentials;
let served: Served;
const table = (name: string) => new TableClient(served.url, name, known.of('app'), { retryOptions: { maxRetries: 0 } });
const runs = () => table('runs');

beforeAll(async () => {
  state = await localState();
  known = await credentials(state.directory);
  served = await tables(state.directory, 0, known.keys);
  await runs().createTable();
});
afterAll(async () => {
  await served.close();
  await state.dispose();
});

describe('the tables', () => {
  test('keep an entity group transaction whole or not at all', async () => {
    await runs().submitTransaction([
      ['create', { partitionKey: 'p', rowKey: '1', state: 'planned' }],
      ['create', { partitionKey: 'p', rowKey: '2', state: 'planned' }],
    ]);
    const failing = runs().submitTransaction([
      ['create', { partitionKey: 'p', rowKey: '3' }],
      ['create', { partitionKey: 'p', rowKey: '1' }],
    ]);
    await expect(failing).rejects.toMatchObject({ statusCode: 409 });
    const rows = await collect(runs().listEntities({ queryOptions: { filter: "PartitionKey eq 'p'" } }));
    expect(rows.map(({ rowKey }) => rowKey)).toEqual(['1', '2']);
  });

  test('refuse an update with a stale ETag, also inside a transaction', async () => {
    await runs().createEntity({ partitionKey: 'e', rowKey: '1', n: 1 });
    const first = await runs().getEntity('e', '1');
    await runs().updateEntity({ partitionKey: 'e', rowKey: '1', n: 2 }, 'Replace', { etag: first.etag });
    const stale = { etag: first.etag };
    await expect(runs().updateEntity({ partitionKey: 'e', rowKey: '1', n: 3 }, 'Replace', stale)).rejects.toMatchObject(
      { statusCode: 412 },
    );
    await expect(
      runs().submitTransaction([['update', { partitionKey: 'e', rowKey: '1', n: 3 }, 'Replace', stale]]),
    ).rejects.toMatchObject({
      statusCode: 412,
      code: 'UpdateConditionNotSatisfied',
    });
    expect((await runs().getEntity('e', '1'))['n']).toBe(2);
  });

  test('lose no increment of parallel compare-and-set loops', async () => {
    await runs().createEntity({ partitionKey: 'c', rowKey: '1', n: 0 });
    const increment = async () => {
      for (;;) {
        const now = await runs().getEntity<{ n: number }>('c', '1');
        const next = { partitionKey: 'c', rowKey: '1', n: now.n + 1 };
        const done = await runs()
          .updateEntity(next, 'Replace', { etag: now.etag })
          .then(
            () => true,
            (error: { statusCode?: number }) => {
              if (error.statusCode === 412) return false;
              throw error;
            },
          );
        if (done) return;
      }
    };
    await Promise.all(Array.from({ length: 12 }, increment));
    expect((await runs().getEntity('c', '1'))['n']).toBe(12);
  });

  test('refuse a token that our issuer did not sign', async () => {
    const own = await known.of('app').getToken('https://storage.azure.com/.default');
    const forged = `${own?.token.slice(0, -8)}AAAAAAAA`;
    const headers = {
      authorization: `Bearer ${forged}`,
      accept: 'application/json;odata=nometadata',
      'x-ms-version': '2019-02-02',
    };
    expect((await fetch(`${served.url}/runs()`, { headers })).status).toBe(401);
    const good = { ...headers, authorization: `Bearer ${own?.token}` };
    expect((await fetch(`${served.url}/runs()`, { headers: good })).status).toBe(200);
  });

  test('can act and lose the reply', async () => {
    await planFaults(new URL(served.url).origin, [{ match: 'POST /devstoreaccount1/runs', kind: 'drop-after' }]);
    await expect(runs().createEntity({ partitionKey: 'd', rowKey: '1' })).rejects.toThrow();
    expect((await runs().getEntity('d', '1')).rowKey).toBe('1');
  });
});
