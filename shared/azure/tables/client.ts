import type { TransactionAction } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import { guarded, TABLES } from '../failure';
import { lazy } from '../lazy';
import { errorCode, errorStatus } from '../symptom';
import type { Change, Row, Table } from './table';

const DEADLINE_MS = 30_000;
const PAGE = 1000;
const LOST_RACE = new Set([
  'EntityAlreadyExists',
  'UpdateConditionNotSatisfied',
  'ConditionNotMet',
  'EntityNotFound',
  'ResourceNotFound',
]);

/** One table of the metadata account, made at its first use. Values are text; anything else in a row is not ours. */
export function azureTable(url: string, name: string, credential: TokenCredential): Table {
  const client = lazy(async () => {
    const { TableClient } = await import('@azure/data-tables');
    const made = new TableClient(url, name, credential);
    await made.createTable({ abortSignal: AbortSignal.timeout(DEADLINE_MS) });
    return made;
  });
  const within = () => ({ abortSignal: AbortSignal.timeout(DEADLINE_MS) });
  const reach = <T>(doing: string, call: () => Promise<T>) => guarded(TABLES, `${doing} of table ${name}`, call);

  return {
    get: (partition, key) =>
      reach('reading a row', async () => {
        try {
          return rowOf(await (await client()).getEntity(partition, key, within()));
        } catch (error) {
          if (errorStatus(error) === 404 && errorCode(error) === 'ResourceNotFound') return null;
          throw error;
        }
      }),

    range: (partition, from, below, limit) =>
      reach('listing rows', async () => {
        const { odata } = await import('@azure/data-tables');
        const filter = odata`PartitionKey eq ${partition} and RowKey ge ${from} and RowKey lt ${below}`;
        const found = (await client()).listEntities({ queryOptions: { filter }, ...within() });
        const rows: Row[] = [];
        for await (const page of found.byPage({ maxPageSize: Math.min(limit, PAGE) })) {
          rows.push(...page.map(rowOf));
          if (rows.length >= limit) break;
        }
        return rows.slice(0, limit);
      }),

    change: (partition, changes) =>
      reach('changing rows', async () => {
        try {
          const actions = changes.map((change) => actionOf(partition, change));
          await (await client()).submitTransaction(actions, within());
          return true;
        } catch (error) {
          if ([404, 409, 412].includes(errorStatus(error)) && LOST_RACE.has(errorCode(error))) return false;
          throw error;
        }
      }),
  };
}

const actionOf = (partitionKey: string, change: Change): TransactionAction => {
  const keys = { partitionKey, rowKey: change.key };
  if (change.do === 'insert') return ['create', { ...change.values, ...keys }];
  if (change.do === 'put') return ['upsert', { ...change.values, ...keys }, 'Replace'];
  if (change.do === 'delete') return ['delete', keys];
  return ['update', { ...change.values, ...keys }, 'Replace', { etag: change.etag }];
};

const rowOf = (entity: Record<string, unknown>): Row => {
  const { partitionKey: _partition, rowKey, etag, timestamp: _timestamp, ...rest } = entity;
  // `odata.metadata` and its like come along in a single read and must not be written back.
  const texts = Object.entries(rest).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !entry[0].startsWith('odata.'),
  );
  return { key: String(rowKey), etag: String(etag), values: Object.fromEntries(texts) };
};
