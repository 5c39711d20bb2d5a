import { Catalog } from '../../shared/contracts/catalog';

const columns = ['id', 'value', 'updated_at', 'deleted_at'].map((name) => ({ name, type: 'text', pii: 'none' }));

const mysql = (name: string) => ({
  name,
  kind: 'mysql',
  connection: 'shop-db',
  from: name,
  table: name,
  cursor: { column: 'updated_at' },
  deletes: {},
});
const table = (name: string) => ({
  name,
  key: ['id'],
  order: [{ column: 'updated_at', direction: 'desc' }],
  deleted: { column: 'deleted_at' },
  columns,
});

/** A shop that has one of each: tables with a cursor, files that replace a table, gold over both. */
export const shop = Catalog.omit({ version: true }).parse({
  shop: 'model',
  connections: [{ name: 'shop-db', kind: 'mysql', database: 'shop', secret: 'mysql-password' }],
  sources: [
    mysql('users'),
    {
      name: 'countries',
      kind: 'blob',
      folder: 'countries',
      pattern: '*.csv',
      table: 'countries',
      debounce: { seconds: 5, atMost: 20 },
    },
  ],
  tables: [table('users'), { name: 'countries', key: ['id'], replace: true, columns: columns.slice(0, 2) }],
  datasets: [{ name: 'totals', notebook: 'gold/totals', inputs: ['users', 'countries'], file: 'totals.csv' }],
  // Both tick in the middle of a story, and at once: one of them meets the other.
  schedules: [
    { name: 'queueing', cron: '1-59/5 * * * *', zone: 'UTC', sources: ['users'] },
    { name: 'skipping', cron: '1-59/5 * * * *', zone: 'UTC', sources: ['users'], overlap: 'skip' },
  ],
  alerts: { to: ['owner@example.com'] },
  limits: { leaseSeconds: 300 },
});
