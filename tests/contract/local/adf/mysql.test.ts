import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { deployed } from './deployed';
import { committed, type FactoryStack } from './stack';

const up = deployed();
beforeAll(async () => {
  await up.stack.secrets.setSecret('wrong', 'not-the-word-at-all');
});

const connection = (secretName = 'etl') => ({
  server: '127.0.0.1',
  port: up.db.port,
  database: 'shop',
  username: 'etl',
  vaultUrl: up.stack.vaultUrl,
  secretName,
});
const quoted = (name: string) => `\`${name.replaceAll('`', '``')}\``;
const counting = (table: string) =>
  `SELECT '0' AS part, 'TRUE' AS within, CAST(COUNT(*) AS CHAR) AS row_count FROM ${quoted(table)} HAVING COUNT(*) > 0`;
const common = (table: string, folder: string) => ({
  ...connection(),
  source: table,
  table,
  countQuery: counting(table),
  copyQuery: `SELECT * FROM ${quoted(table)} WHERE TRUE`,
  lakeUrl: up.stack.lakeUrl,
  folder,
  window: '7',
  runKey: `${table}:7`,
});
const parquet = async (folder: string, query = 'SELECT * FROM f ORDER BY 1') => {
  const instance = await DuckDBInstance.create(':memory:');
  const connected = await instance.connect();
  const file = join(up.stack.state.directory, 'lake/bronze', folder, '*.parquet');
  await connected.run(`CREATE VIEW f AS SELECT * FROM read_parquet('${file}', hive_partitioning = false)`);
  const found = await connected.runAndReadAll(query);
  connected.closeSync();
  return { rows: found.getRowsJson(), types: found.columnTypes().map(String), names: found.columnNames() };
};
const of = (ran: Awaited<ReturnType<FactoryStack['run']>>, name: string) =>
  ran.activities.find((one) => one.name === name);

describe('a copy from MySQL', () => {
  test('keeps unsigned, decimal, µs, zero-date and NULL values and odd column names', async () => {
    await up.db.run(
      `CREATE TABLE odd (id BIGINT UNSIGNED PRIMARY KEY, sid BIGINT, flag TINYINT(1), tu TINYINT UNSIGNED, iu INT UNSIGNED,
        d1 DECIMAL(20,6), wide DECIMAL(65,30), d3 DECIMAL(38,10), dbl DOUBLE, at DATETIME(6), stamp TIMESTAMP(6) NULL, da DATE,
        ti TIME(6), ye YEAR, en ENUM('a','b'), js JSON, b8 BIT(8), bl BLOB, tx TEXT, \`we\`\`ird"na'me\` VARCHAR(20), uu UUID)`,
      "SET sql_mode = ''",
    );
    const shop = await up.db.connect();
    await shop.query("SET sql_mode = '', time_zone = '+02:00'");
    await shop.query(`INSERT INTO odd VALUES (18446744073709551615, -9223372036854775808, 2, 255, 4294967295, 12345678901234.123456,
      12345678901234567890123456789012345.123456789012345678901234567890, 1234567890123456789012345678.1234567891, 0.1,
      '2024-01-02 03:04:05.123456', '2024-01-02 03:04:05.123456', '9999-12-31', '838:59:59.000001', 1999, 'a', '{"a":1}',
      b'10000001', x'00ff', 'é€😀''"', 'q''"', '123e4567-e89b-12d3-a456-426655440000')`);
    await shop.query('INSERT INTO odd (id) VALUES (0)');
    await shop.query("INSERT INTO odd (id, at, da, ti, tx) VALUES (1, '0000-00-00', '2024-00-00', '-12:00:00', '')");
    await shop.end();
    const ran = await up.stack.run('copy_mysql_snapshot', common('odd', 'odd'));
    expect(ran).toMatchObject({ status: 'Succeeded' });
    const { rows, types, names } = await parquet('odd');
    expect(names).toEqual([
      'id',
      'sid',
      'flag',
      'tu',
      'iu',
      'd1',
      'wide',
      'd3',
      'dbl',
      'at',
      'stamp',
      'da',
      'ti',
      'ye',
      'en',
      'js',
      'b8',
      'bl',
      'tx',
      'we`ird"na\'me',
      'uu',
      '_window',
    ]);
    expect(types.join(' ')).toBe(
      'UBIGINT BIGINT TINYINT UTINYINT UINTEGER DECIMAL(20,6) VARCHAR DECIMAL(38,10) DOUBLE TIMESTAMP TIMESTAMP DATE VARCHAR INTEGER VARCHAR VARCHAR UBIGINT BLOB VARCHAR VARCHAR VARCHAR VARCHAR',
    );
    expect(rows[0]?.slice(1, -1).every((cell) => cell === null)).toBe(true);
    const [, , , , , , , , , at, , da, ti] = rows[1] ?? [];
    expect([at, da, ti, rows[1]?.[18]]).toEqual([null, null, '-12:00:00', '']);
    expect(rows[2]).toEqual([
      '18446744073709551615',
      '-9223372036854775808',
      2,
      255,
      4294967295,
      '12345678901234.123456',
      '12345678901234567890123456789012345.123456789012345678901234567890',
      '1234567890123456789012345678.1234567891',
      0.1,
      '2024-01-02 03:04:05.123456',
      '2024-01-02 01:04:05.123456',
      '9999-12-31',
      '838:59:59.000001',
      1999,
      'a',
      '{"a":1}',
      '129',
      '\\x00\\xFF',
      'é€😀\'"',
      'q\'"',
      '123e4567-e89b-12d3-a456-426655440000',
      '7',
    ]);
  });

  test('writes small row groups with the codec it was told, so that the source need not wait while one is compressed', async () => {
    await up.db.run(
      'CREATE TABLE many (id BIGINT PRIMARY KEY)',
      'INSERT INTO many SELECT seq * 1000003 FROM seq_1_to_50000',
    );
    const groups = async (codec: string) => {
      const ran = await up.stack.run('copy_mysql_snapshot', { ...common('many', `many-${codec}`), codec });
      expect(ran.message).toBe('');
      const file = join(up.stack.state.directory, `lake/bronze/many-${codec}/part-0.parquet`);
      const query = `SELECT DISTINCT row_group_num_rows::INT, compression FROM parquet_metadata('${file}') ORDER BY 1, 2`;
      const { rows } = await parquet(`many-${codec}`, query);
      return rows;
    };
    expect(await groups('snappy')).toEqual([
      [9040, 'SNAPPY'],
      [20480, 'SNAPPY'],
    ]);
    expect((await groups('gzip')).every(([, codec]) => codec === 'GZIP')).toBe(true);
    const unknown = await up.stack.run('copy_mysql_snapshot', { ...common('many', 'many-zstd'), codec: 'zstd' });
    expect(unknown.message).toContain('compressionCodec');
  });

  test('says what was counted, read and copied', async () => {
    await up.db.run('CREATE TABLE few (id INT PRIMARY KEY)', 'INSERT INTO few VALUES (1), (2), (3)');
    const ran = await up.stack.run('copy_mysql_snapshot', common('few', 'few'));
    expect(of(ran, 'Count')?.output.value).toEqual([{ part: '0', within: 'TRUE', row_count: '3' }]);
    expect(of(ran, 'Columns')?.output).toEqual({ count: 1, value: [{ name: 'id', type: 'int(11)' }] });
    expect(of(ran, 'Copy rows')?.output).toMatchObject({ rowsRead: 3, rowsCopied: 3, filesWritten: 1 });
  });

  test.each([
    ['a table that is not there', { countQuery: counting('nowhere') }, '1146'],
    ['a column that is not there', { copyQuery: 'SELECT `nope` FROM `odd` WHERE TRUE' }, '1054'],
    ['a wrong password', { secretName: 'wrong' }, '1045'],
  ])('fails on %s with the code of the server and without the password', async (_, change, code) => {
    const ran = await up.stack.run('copy_mysql_snapshot', { ...common('odd', 'bad'), ...change });
    expect(ran.status).toBe('Failed');
    expect(ran.message).toContain(`MySQL error ${code} `);
    expect(JSON.stringify(ran)).not.toContain('not-the-word-at-all');
  });

  test.each(['full name', 'a=b', 'a(b)'])(
    'fails on a column called "%s", which Parquet does not take',
    async (name) => {
      await up.db.run(
        `CREATE OR REPLACE TABLE named (id INT PRIMARY KEY, \`${name}\` INT)`,
        'INSERT INTO named VALUES (1, 2)',
      );
      const ran = await up.stack.run('copy_mysql_snapshot', common('named', 'named'));
      expect(ran.message).toContain('ErrorCode=ParquetInvalidColumnName,The column name is invalid.');
    },
  );

  test('a server that does not answer is a passing failure', async () => {
    const ran = await up.stack.run('copy_mysql_snapshot', { ...common('few', 'x'), port: 1 });
    expect(of(ran, 'Columns')?.error).toMatchObject({ failureType: 'SystemError', errorCode: '2100' });
    expect(ran.message).toContain('ECONNREFUSED');
  });
});

describe('the connection to MySQL', () => {
  const redefined = (change: object, more: object = {}) => {
    const { typeProperties, ...rest } = committed('linkedService', 'mysql');
    return up.stack.put('linkedservices', 'mysql', {
      ...rest,
      ...more,
      typeProperties: { ...typeProperties, ...change },
    });
  };
  afterEach(() => redefined({}));

  test('takes TINYINT(1) for a boolean unless it is told not to', async () => {
    await up.db.run(
      'CREATE TABLE tiny (id INT PRIMARY KEY, flag TINYINT(1))',
      'INSERT INTO tiny VALUES (1, 2), (2, 0)',
    );
    const copied = async (folder: string) => {
      const countQuery = "SELECT '0' AS part, 'TRUE' AS within, '2' AS row_count, flag FROM tiny WHERE id = 1";
      const ran = await up.stack.run('copy_mysql_snapshot', { ...common('tiny', folder), countQuery });
      const { rows } = await parquet(folder, 'SELECT flag FROM f ORDER BY id');
      return [of(ran, 'Count')?.output.value[0].flag, rows.map(([flag]) => flag)];
    };
    expect(await copied('tiny-told')).toEqual([2, [2, 0]]);
    await redefined({ treatTinyAsBoolean: undefined });
    expect(await copied('tiny-untold')).toEqual([true, [true, false]]);
  });

  test.each([
    ['does not say that a CHAR(36) is text', { guidFormat: undefined }, {}, 'set guidFormat to None'],
    ['bears the version that is retired', {}, { version: '1.0' }, '"version"'],
  ])('is refused where it %s', async (_, change, more, words) => {
    const answer = await redefined(change, more);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(words.replaceAll('"', '\\"'))]);
  });
});
