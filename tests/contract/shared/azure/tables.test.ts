import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Served } from '../../../../local/http/serve';
import { tables } from '../../../../local/tables/tables';
import { tableAudit } from '../../../../shared/azure/tables/audit';
import { tableCatalogs } from '../../../../shared/azure/tables/catalogs';
import { azureTable } from '../../../../shared/azure/tables/client';
import { tableDecisions } from '../../../../shared/azure/tables/decisions';
import { tableFiles } from '../../../../shared/azure/tables/files';
import { tableLedger } from '../../../../shared/azure/tables/ledger';
import { tableOutbox } from '../../../../shared/azure/tables/outbox';
import { tablePublications } from '../../../../shared/azure/tables/publications';
import { tableRuns } from '../../../../shared/azure/tables/runs';
import { tableSchemas } from '../../../../shared/azure/tables/schemas';
import { TransientError } from '../../../../shared/errors';
import { type Credentials, credentials } from '../../../support/credential';
import { plannedWindow, RUN_A } from '../../../support/ledgerWindows';
import { type LocalState, localState, planFaults } from '../../../support/local';
import { auditContract } from './audit.contract';
import { catalogsContract } from './catalogs.contract';
import { clock } from './clock';
import { decisionsContract } from './decisions.contract';
import { filesContract } from './files.contract';
import { ledgerContract } from './ledger.contract';
import { outboxContract } from './outbox.contract';
import { publicationsContract } from './publications.contract';
import { runsContract } from './runs.contract';
import { schemasContract } from './schemas.contract';

let state: LocalState;
let known: Credentials;
let served: Served;
let nth = 0;
const table = (name = `t${nth++}x${process.pid}`) => azureTable(served.url, name, known.of('app'));

beforeAll(async () => {
  state = await localState();
  known = await credentials(state.directory);
  served = await tables(state.directory, 0, known.keys);
});
afterAll(async () => {
  await served.close();
  await state.dispose();
});

describe('ledger in Azure Tables', () => ledgerContract(({ now }) => tableLedger(table('ledger'), now)));
describe('runs in Azure Tables', () => runsContract(async () => tableRuns(table())));
describe('catalogs in Azure Tables', () => catalogsContract(async () => tableCatalogs(table(), () => new Date())));
describe('files in Azure Tables', () => filesContract(async () => tableFiles(table())));
describe('outbox in Azure Tables', () => outboxContract(async ({ now }) => tableOutbox(table(), now)));
describe('audit in Azure Tables', () => auditContract(async () => tableAudit(table())));
describe('publications in Azure Tables', () => publicationsContract(async () => tablePublications(table())));
describe('decisions in Azure Tables', () => decisionsContract(async () => tableDecisions(table())));
describe('schemas in Azure Tables', () => schemasContract(async () => tableSchemas(table())));

describe('a table', () => {
  test('keeps characters of every kind, and a row that is gone is null', async () => {
    const rows = table();
    expect(await rows.get('p', 'absent')).toBeNull();
    const values = { text: "it's é 😀 <&> \n", empty: '', number: '12345678901234567890' };
    expect(await rows.change("it's", [{ do: 'insert', key: 'a:b', values }])).toBe(true);
    expect((await rows.get("it's", 'a:b'))?.values).toEqual(values);
    expect(await rows.range("it's", 'a:', 'a:~', 5)).toMatchObject([{ key: 'a:b', values }]);
  });

  test('lists past a page of the service', async () => {
    const rows = table();
    for (let page = 0; page < 11; page += 1) {
      const keys = Array.from({ length: 100 }, (_, at) => String(page * 100 + at).padStart(5, '0'));
      await rows.change(
        'p',
        keys.map((key) => ({ do: 'insert', key, values: {} })),
      );
    }
    const found = await rows.range('p', '00003', '~', 1050);
    expect([found.length, found[0]?.key, found.at(-1)?.key]).toEqual([1050, '00003', '01052']);
  });

  test.each([
    ['an insert over a row', { do: 'insert', key: 'a', values: {} } as const],
    ['a replace of another version', { do: 'replace', key: 'a', values: {}, etag: `W/"datetime'x'"` } as const],
    ['a delete of what is gone', { do: 'delete', key: 'gone' } as const],
  ])('refuses %s, and all that came with it', async (_name, change) => {
    const rows = table();
    await rows.change('p', [{ do: 'insert', key: 'a', values: { v: '1' } }]);
    expect(await rows.change('p', [{ do: 'put', key: 'b', values: {} }, change])).toBe(false);
    expect(await rows.get('p', 'b')).toBeNull();
    expect((await rows.get('p', 'a'))?.values).toEqual({ v: '1' });
  });
});

describe('when the service fails', () => {
  const origin = () => new URL(served.url).origin;

  test('a commit whose answer is lost is found done, once', async () => {
    const { now } = clock();
    const ledger = tableLedger(table('ledger'), now);
    const source = `lost${process.pid}`;
    await ledger.acquire(source, RUN_A, 60);
    const lease = { source, holder: RUN_A, fence: '1' };
    const window = await ledger.plan(lease, plannedWindow({ source }));
    const landed = await ledger.advance(lease, { ...window, state: 'landed' });
    await planFaults(origin(), [{ match: 'POST /devstoreaccount1/$batch', kind: 'drop-after', times: 1 }]);
    expect(await ledger.commit(lease, landed)).toMatchObject({ window: '1' });
    const history = await ledger.history(source, 10);
    expect(history.map(({ what }) => what)).toEqual(['committed', 'landed', 'planned']);
  });

  test('a service that stays away is transient and says what was being done', async () => {
    const away = azureTable('https://127.0.0.1:1/devstoreaccount1', 'ledger', known.of('app'));
    const failure = await away.get('p', 'k').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TransientError);
    expect(failure).toMatchObject({
      problem: { where: 'metadata tables', why: expect.stringContaining('ECONNREFUSED') },
    });
  });
});
