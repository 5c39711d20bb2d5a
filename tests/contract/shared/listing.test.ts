import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { readListing } from '../../../activities/listing/readListing';
import { startListing } from '../../../activities/listing/startListing';
import { Catalog } from '../../../shared/contracts/catalog';
import type { Listing } from '../../../shared/contracts/listing';
import type { External } from '../../../shared/contracts/steps';
import { Manifest } from '../../../shared/contracts/window';
import { listingWindow } from '../../../shared/sources/listing';
import { manifestPath } from '../../../shared/windows/paths';
import { fakePorts } from '../../fakes/ports';
import { aTask, surroundings } from '../../support/activities';
import content from '../../support/content.json';
import { deployed } from '../local/adf/deployed';
import { landed } from './windows/table';

const up = deployed();

const source = (name: string) => ({
  name,
  kind: 'mysql',
  connection: 'db',
  table: name,
  from: name,
  cursor: { column: 'at' },
  windows: { copies: 3 },
  deletes: {},
});
const table = (name: string, key: string[]) => ({
  name,
  key,
  columns: [...key, 'note', 'at'].map((column) => ({ name: column, type: 'text', pii: 'none' })),
});
const things = {
  name: 'things',
  key: content.key,
  deleted: { column: 'gone' },
  columns: [
    ...Object.entries(content.types).map(([name, type]) => ({ name, type, pii: 'none' })),
    { name: 'mail', type: 'text', pii: 'direct' },
    { name: 'gone', type: 'timestamp', pii: 'none' },
  ],
};
const catalog = Catalog.omit({ version: true }).parse({
  shop: 'test',
  connections: [{ name: 'db', kind: 'mysql', database: 'shop', secret: 'etl' }],
  sources: [source('members'), source('names'), source('things')],
  tables: [table('members', ['id', 'region']), table('names', ['name']), things],
  datasets: [],
  schedules: [],
  alerts: { to: ['data@example.com'] },
  limits: {},
});

/** Each row says how many there are in its part: together the rows of a part make one. */
const partsIn = (rows: readonly Record<string, string | null>[]): number =>
  rows.reduce((sum, { _listed }) => sum + 1 / Number(_listed), 0);

test('the list of keys is every row that is there, as the text of its keys alone, whatever the cursor says', async () => {
  await up.db.run(
    'CREATE TABLE members (id BIGINT, region VARCHAR(8), note TEXT, at DATETIME(6) NULL, PRIMARY KEY (id, region))',
    "INSERT INTO members SELECT seq * 9007199254740993, 'eu', 'n', NOW(6) FROM seq_1_to_100",
    "INSERT INTO members VALUES (-7, 'é', 'n', NULL), (0, '', 'n', '2999-01-01')",
    'DELETE FROM members WHERE id > 9007199254740993 * 90',
  );
  const { rows, manifest } = await listed('members');
  expect(rows).toHaveLength(92);
  expect(rows).toContainEqual({ id: '-7', region: 'é', _listed: '31' });
  expect(rows.map(({ id, region }) => `${id} ${region}`)).toContain('810647932926689370 eu');
  expect(partsIn(rows)).toBeCloseTo(3);
  expect(manifest).toMatchObject({ table: 'members', rows: { read: '92', landed: '92', rejected: '0' } });
  expect(manifest.files).toHaveLength(3);
});

test('a key of text is listed as it is written, once, whatever its collation takes for equal', async () => {
  const names = ['', 'Abc', 'abd ', 'abd', 'É', 'e2', 'ß', 'sz', "o'", 'a\\b', '🦋', 'Z'];
  await up.db.run(
    'CREATE TABLE names (name VARCHAR(20) COLLATE utf8mb4_general_nopad_ci PRIMARY KEY, note TEXT, at DATETIME)',
    `INSERT INTO names (name) VALUES ${names.map((name) => `('${name.replaceAll('\\', '\\\\').replaceAll("'", "''")}')`).join(', ')}`,
  );
  const { rows } = await listed('names');
  expect(rows.map(({ name }) => name).sort()).toEqual([...names].sort());
  expect(partsIn(rows)).toBeCloseTo(3);
});

test('the list of a table without rows is empty, and has a manifest nevertheless', async () => {
  await up.db.run('DROP TABLE IF EXISTS members', 'CREATE TABLE members (id INT, region INT, note TEXT, at DATETIME)');
  const { rows, manifest } = await listed('members');
  expect(rows).toEqual([]);
  expect(manifest).toMatchObject({ files: [], rows: { landed: '0' } });
});

const sql = (value: string | null): string =>
  value === null ? 'NULL' : `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
/** What a bucket of one row is, by its texts. */
const sumOf = (row: { key: string; text: string }) => ({
  _bucket: sha(row.key).slice(0, 3),
  _rows: '1',
  _digest: String(BigInt(`0x${sha(`${row.text}|-`).slice(0, 15)}`)),
});

test('the sums of a source are of the texts that silver makes of the same rows, up to the watermark', async () => {
  await up.db.run(
    `CREATE TABLE things (id BIGINT, name VARCHAR(20) CHARACTER SET utf8mb4, note VARCHAR(20), price DECIMAL(12,4),
      ratio DOUBLE, flag TINYINT(1), at DATETIME(6), day DATE, mail TEXT, gone DATETIME, PRIMARY KEY (id, name))`,
    ...content.rows.map(({ values }) => `INSERT INTO things VALUES (${values.map(sql).join(', ')}, 'm', NULL)`),
    "INSERT INTO things (id, name, at) VALUES (1, 'later', '2026-01-02 00:00:00.000001'), (2, 'without', NULL)",
    "INSERT INTO things (id, name, at, gone) VALUES (3, 'gone', '2026-01-01', '2026-01-01')",
  );
  const { rows } = await listed('things', { kind: 'sums' }, '2026-01-02 00:00:00.000000');
  const byBucket = (a: Record<string, unknown>, b: Record<string, unknown>) =>
    String(a['_bucket']) < String(b['_bucket']) ? -1 : 1;
  expect([...rows].sort(byBucket)).toEqual(content.rows.map(sumOf).sort(byBucket));
});

test('rows of one bucket add up, in whatever order', async () => {
  const [row] = content.rows;
  if (!row) throw new Error('there are rows');
  const values = row.values.map(sql).join(', ');
  await up.db.run('ALTER TABLE things DROP PRIMARY KEY', `INSERT INTO things VALUES (${values}, 'other', NULL)`);
  const { rows } = await listed('things', { kind: 'sums' }, '2026-01-02 00:00:00.000000');
  const one = sumOf(row);
  const two = { ...one, _rows: '2', _digest: String(BigInt(one._digest) * 2n) };
  expect(rows).toContainEqual(two);
});

test('the rows of a bucket are those that a window would read, and say which of them moved on', async () => {
  await up.db.run("UPDATE things SET at = '2026-01-03' WHERE mail = 'other'");
  const [row] = content.rows;
  const bucket = sha(row?.key ?? '').slice(0, 3);
  const { rows } = await listed('things', { kind: 'rows', buckets: [bucket] }, '2026-01-02 00:00:00.000000');
  const told = rows.map(({ id, name, at, mail, _moved, _listed }) => ({ id, name, at, mail, _moved, _listed }));
  const same = { id: '9007199254740993', name: 'é|ü', _listed: '2' };
  expect(told).toHaveLength(2);
  expect(told).toContainEqual({ ...same, at: '2026-01-01 00:00:00.000001', mail: 'm', _moved: '0' });
  expect(told).toContainEqual({ ...same, at: '2026-01-03 00:00:00.000000', mail: 'other', _moved: '1' });
});

let runs = 0;

/** What a run lists of the table, by the real pipeline; the lake of the activities is the one it writes to. */
async function listed(name: string, listing: Listing = { kind: 'keys' }, upTo: string | null = null) {
  runs += 1;
  const ports = fakePorts();
  await ports.catalogs.publish(catalog, 'test');
  const task = aTask({ source: name, run: `20260101T000000-0000000${runs}` });
  const held = await ports.ledger.acquire(name, task.run, 300);
  if (held.kind !== 'held') throw new Error('the lease is taken');
  await ports.ledger.reset(held.lease, upTo, 'for the test');
  const places = {
    ...surroundings,
    lakeUrl: up.stack.lakeUrl,
    vaultUrl: up.stack.vaultUrl,
    connection: () => ({ host: '127.0.0.1', port: up.db.port, username: 'etl' }),
  };
  const work = { task, lease: held.lease, attempt: 1, listing };
  const copy = (await startListing.handler(ports, places)(work)) as External;
  const asked = ports.factory.runs.get(copy.external);
  if (!asked) throw new Error('no pipeline was started');
  const ran = await up.stack.run(asked.pipeline, asked.parameters);
  expect(ran.message).toBe('');
  const activities = ran.activities.map((one) => ({ ...one, type: '', input: {}, problem: null }));
  ports.factory.finish(copy.external, { kind: 'succeeded', activities });
  const window = listingWindow(task, listing, 1, copy.started);
  const files = up.stack.lake.getFileSystemClient('bronze');
  for await (const { name = '', isDirectory } of files.listPaths({ recursive: true })) {
    if (isDirectory || !name.includes(`${task.run}-${listing.kind}`)) continue;
    await ports.lake.putOnce('bronze', name, await files.getFileClient(name).readToBuffer());
  }
  const answer = await readListing.handler(ports, places)({ ...work, copy });
  expect(answer).toEqual({ kind: 'listed' });
  const manifest = await ports.lake.read('bronze', manifestPath(window));
  return {
    rows: await landed(up.stack, window),
    manifest: Manifest.parse(JSON.parse(Buffer.from(manifest ?? '').toString('utf8'))),
  };
}
