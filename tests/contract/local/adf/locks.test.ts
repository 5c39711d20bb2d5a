import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { beforeAll, describe, expect, test } from 'vitest';
import { problemOfCopy } from '../../../../shared/azure/failure';
import { eventually } from '../../../support/eventually';
import { deployed } from './deployed';
import { ended, FACTORY, GROUP } from './stack';

const up = deployed();
beforeAll(() => up.db.run('CREATE TABLE many (id INT PRIMARY KEY)', 'INSERT INTO many SELECT seq FROM seq_1_to_20000'));

/** A copy of the table by a query of one's own, started and not waited for. */
async function started(folder: string, copyQuery: string): Promise<string> {
  const parameters = {
    server: '127.0.0.1',
    port: up.db.port,
    database: 'shop',
    username: 'etl',
    vaultUrl: up.stack.vaultUrl,
    secretName: 'etl',
    source: 'many',
    table: 'many',
    countQuery:
      "SELECT '0' AS part, 'TRUE' AS within, CAST(COUNT(*) AS CHAR) AS row_count FROM many HAVING COUNT(*) > 0",
    copyQuery,
    lakeUrl: up.stack.lakeUrl,
    folder,
    window: '7',
    runKey: `${folder}:7`,
  };
  const { runId } = await up.stack.client.pipelines.createRun(GROUP, FACTORY, 'copy_mysql_snapshot', { parameters });
  return runId;
}
const end = (run: string) => ended(up.stack.client, run);
const landed = (folder: string) =>
  readdir(join(up.stack.state.directory, 'lake/bronze', folder)).catch((): string[] => []);

/** Does something to the connection that runs a query like this one, as the account whose connection it is. */
async function strike(like: string, how: 'KILL QUERY' | 'KILL CONNECTION'): Promise<void> {
  const own = await mysql.createConnection({
    host: '127.0.0.1',
    port: up.db.port,
    user: 'etl',
    password: up.db.password,
  });
  try {
    const id = await eventually('the query', async () => {
      const [rows] = await own.query<RowDataPacket[]>(
        'SELECT id FROM information_schema.processlist WHERE info LIKE ? AND id <> CONNECTION_ID() AND time_ms > 200',
        [`%${like}%`],
      );
      return rows[0]?.['id'] as number | undefined;
    });
    await own.query(`${how} ${id}`);
  } finally {
    await own.end();
  }
}

describe('a copy whose query the server ends', () => {
  test.each([
    ['KILL QUERY', 'SOURCE_QUERY'],
    ['KILL CONNECTION', 'SOURCE_UNREACHABLE'],
  ] as const)('fails by %s for a reason that passes, and leaves no file', async (how, code) => {
    const folder = how.toLowerCase().replace(' ', '-');
    const run = await started(folder, 'SELECT id, SLEEP(0.002) AS s FROM many WHERE TRUE');
    await strike('SLEEP', how);
    const { status, message } = await end(run);
    expect(status).toBe('Failed');
    expect(problemOfCopy(message)).toMatchObject({ code, transient: true });
    expect(await landed(folder)).toEqual([]);
  });
});

describe('a copy of rows that another transaction holds', () => {
  test('waits for a table that is locked, and reads it when it is let go', async () => {
    const owner = await up.db.connect();
    await owner.query('LOCK TABLES many WRITE');
    const run = await started('locked', 'SELECT id FROM many WHERE TRUE');
    await sleep(1500);
    expect(await landed('locked')).toEqual([]);
    await owner.query('INSERT INTO many VALUES (0)');
    await owner.query('UNLOCK TABLES');
    await owner.end();
    expect((await end(run)).activities.find(({ name }) => name === 'Copy rows')?.output).toMatchObject({
      rowsCopied: 20_001,
    });
  });

  test('fails for a reason that passes when the server gives up waiting', async () => {
    const owner = await up.db.connect();
    await owner.beginTransaction();
    await owner.query('UPDATE many SET id = -1 WHERE id = 1');
    const run = await started(
      'held',
      'SELECT id FROM (SELECT id FROM many LOCK IN SHARE MODE WAIT 1) AS held WHERE TRUE',
    );
    const { status, message } = await end(run);
    await owner.rollback();
    await owner.end();
    expect(status).toBe('Failed');
    expect(problemOfCopy(message)).toMatchObject({ code: 'SOURCE_QUERY', transient: true });
    expect(await landed('held')).toEqual([]);
  });
});
