import { describe, expect, test } from 'vitest';
import { deployed } from '../../local/adf/deployed';
import { table } from './table';

const up = deployed();

const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);
const ids = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, at) => String(from + at));

describe('a timestamp cursor', () => {
  test('takes what lies above the lower bound up to and including the upper, to the µs', async () => {
    await up.db.run(
      'CREATE TABLE micro (id INT PRIMARY KEY, c DATETIME(6), KEY (c))',
      "INSERT INTO micro VALUES (1, '2024-01-01 00:00:00.000001'), (2, '2024-01-01 00:00:00.000002'), (3, '2024-01-01 00:00:00.000003')",
    );
    const micro = table(up, 'micro', { cursor: { column: 'c' } });
    micro.setWatermark('2024-01-01 00:00:00.000001');
    const { rows } = await micro.copy({ ...micro.plan(null), upper: '2024-01-01 00:00:00.000002' });
    expect(rows).toEqual([{ id: '2', c: '2024-01-01 00:00:00.000002' }]);
  });

  test('of whole seconds loses nothing that is written in the second of its bound', async () => {
    await up.db.run('CREATE TABLE secs (id INT PRIMARY KEY AUTO_INCREMENT, c DATETIME NOT NULL, KEY (c))');
    const secs = table(up, 'secs', { cursor: { column: 'c' } });
    const writer = await up.db.connect();
    let written = 0;
    let writing = true;
    const writes = (async () => {
      while (writing) {
        await writer.query('INSERT INTO secs (c) VALUES (NOW())');
        written += 1;
      }
    })();
    for (let nth = 0; nth < 4; nth += 1) await secs.run();
    writing = false;
    await writes;
    await writer.end();
    await new Promise((resolve) => setTimeout(resolve, 3200));
    await secs.run();
    expect(secs.keys()).toEqual(ids(1, written));
  });

  test('of TIMESTAMP reads both ends of its range', async () => {
    await up.db.run(
      'CREATE TABLE epoch (id INT PRIMARY KEY, c TIMESTAMP(6) NULL, KEY (c))',
      "INSERT INTO epoch VALUES (1, '1970-01-01 00:00:01'), (2, '2024-01-01'), (3, '2038-01-19 03:14:07')",
    );
    const epoch = table(up, 'epoch', { cursor: { column: 'c' } });
    await epoch.run();
    expect(epoch.keys()).toEqual(['1', '2']);
    await up.db.run('UPDATE epoch SET c = NOW(6) - INTERVAL 1 MINUTE WHERE id = 3');
    expect((await epoch.run()).map(({ reading }) => reading?.ahead)).toEqual([false]);
  });

  test('splits rows of one instant only by a tie-breaker, and then at any row', async () => {
    await up.db.run(
      'CREATE TABLE ties (id BIGINT PRIMARY KEY, c DATETIME(6), KEY (c, id))',
      "INSERT INTO ties SELECT 9007199254740993 + seq, '2024-01-01 10:00:00.123456' FROM seq_1_to_1000",
    );
    const whole = table(up, 'tied', { from: 'ties', cursor: { column: 'c' }, windows: { maxRows: 300 } });
    expect((await whole.run()).map(({ rows }) => rows.length)).toEqual([1000, 0]);
    const split = table(up, 'ties', {
      cursor: { column: 'c', tieBreaker: 'id' },
      windows: { maxRows: 300 },
    });
    const moved = await split.run();
    expect(moved.map(({ rows }) => rows.length)).toEqual([300, 300, 300, 100]);
    expect(moved[0]?.copied.upper).toBe('2024-01-01 10:00:00.123456, 9007199254741293');
    expect(split.keys()).toHaveLength(1000);
  });
});

describe('a date cursor', () => {
  test('takes a day when it is over, and looks days back', async () => {
    await up.db.run(
      'CREATE TABLE days (id INT PRIMARY KEY, c DATE, KEY (c))',
      'INSERT INTO days SELECT seq, CURDATE() - INTERVAL seq - 1 DAY FROM seq_1_to_5',
    );
    const days = table(up, 'days', { cursor: { column: 'c', kind: 'date', lookBack: 2 } });
    await days.run();
    expect(days.keys()).toEqual(ids(2, 5));
    await up.db.run('INSERT INTO days VALUES (10, CURDATE() - INTERVAL 2 DAY), (11, CURDATE() - INTERVAL 4 DAY)');
    const [again] = await days.run();
    expect(again?.rows.map(({ id }) => id).sort()).toEqual(['10', '2', '3']);
  });
});

describe('an integer cursor', () => {
  test('waits for a lower number that a transaction still holds', async () => {
    await up.db.run(
      'CREATE TABLE nums (id BIGINT PRIMARY KEY AUTO_INCREMENT, v INT)',
      'INSERT INTO nums (v) VALUES (1), (2)',
    );
    const nums = table(up, 'nums', { cursor: { column: 'id', kind: 'integer' } });
    await nums.run();
    expect(nums.keys()).toEqual(['1', '2']);
    const slow = await up.db.connect();
    await slow.query('START TRANSACTION');
    await slow.query('INSERT INTO nums (v) VALUES (3)');
    await up.db.run('INSERT INTO nums (v) VALUES (4)');
    const [held] = await nums.run();
    expect(held?.copied.upper).toBe('2');
    await slow.query('COMMIT');
    await slow.end();
    await nums.run();
    expect(nums.keys()).toEqual(ids(1, 4));
  });

  test('moves on while some transaction is always open, by what an earlier run has seen', async () => {
    await up.db.run(
      'CREATE TABLE busy (id BIGINT PRIMARY KEY AUTO_INCREMENT, v INT)',
      'INSERT INTO busy (v) VALUES (1)',
    );
    const busy = table(up, 'busy', { cursor: { column: 'id', kind: 'integer' } });
    const [one, two] = [await up.db.connect(), await up.db.connect()];
    const begin = async (who: typeof one) => {
      await who.query('START TRANSACTION');
      await who.query('INSERT INTO busy (v) VALUES (9)');
    };
    await begin(one);
    await busy.run();
    expect(busy.keys()).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await begin(two);
    await one.query('COMMIT');
    await busy.run();
    expect(busy.keys()).toEqual(['1']);
    await two.query('COMMIT');
    await Promise.all([one.end(), two.end()]);
    await busy.run();
    expect(busy.keys()).toEqual(ids(1, 3));
  });

  test('counts exactly past 2^53 and to the last unsigned number, in windows of rows', async () => {
    await up.db.run(
      'CREATE TABLE big (id BIGINT UNSIGNED PRIMARY KEY)',
      'INSERT INTO big SELECT 18446744073709551615 - seq FROM seq_0_to_9',
      'INSERT INTO big SELECT 9007199254740992 + seq FROM seq_0_to_9',
    );
    const big = table(up, 'big', {
      cursor: { column: 'id', kind: 'integer', lookBack: 5 },
      windows: { maxRows: 7 },
    });
    const moved = await big.run();
    expect(moved.map(({ rows }) => rows.length)).toEqual([7, 7, 6]);
    expect(big.watermark()?.cursor).toBe('18446744073709551615');
    expect(big.keys()).toHaveLength(20);
    expect((await big.run())[0]?.rows).toHaveLength(5);
  });

  test('says so when the numbers of its table begin anew', async () => {
    await up.db.run(
      'CREATE TABLE anew (id BIGINT PRIMARY KEY AUTO_INCREMENT, v INT)',
      'INSERT INTO anew (v) VALUES (1), (2), (3)',
    );
    const anew = table(up, 'anew', { cursor: { column: 'id', kind: 'integer' } });
    await anew.run();
    await up.db.run('TRUNCATE TABLE anew', 'INSERT INTO anew (v) VALUES (7)');
    const [ahead] = await anew.run();
    expect(ahead?.reading).toMatchObject({ ahead: true });
    expect(ahead?.copied.upper).toBe('3');
  });
});

describe('parallel copies of one window', () => {
  test('share the rows out by ranges of the key, each row to one of them', async () => {
    await up.db.run(
      'CREATE TABLE wide (id BIGINT PRIMARY KEY, c DATETIME(6), KEY (c))',
      "INSERT INTO wide SELECT 9007199254740993 - seq * 3, '2024-01-01' + INTERVAL seq SECOND FROM seq_1_to_1001",
    );
    const wide = table(up, 'wide', { cursor: { column: 'c' }, windows: { copies: 4 } });
    const [moved] = await wide.run();
    expect([moved?.rows.length, wide.keys().length]).toEqual([1001, 1001]);
    expect(moved?.copied.account).toEqual({ counted: '1001', read: '1001', landed: '1001', rejected: '0' });
  });

  test('split a text key whatever stands in it, and a table without a cursor', async () => {
    const hostile = ["o'hara", 'back\\slash', '', ' lead', 'trail ', 'ünï', '%_', '`tick`', "''", '{span}', '@{x}'];
    await up.db.run('CREATE TABLE texts (id VARCHAR(40) COLLATE utf8mb4_general_ci, v INT)');
    const writer = await up.db.connect();
    for (const id of hostile) await writer.query('INSERT INTO texts VALUES (?, 1)', [id]);
    await writer.query('INSERT INTO texts VALUES (NULL, 2), (NULL, 3)');
    await writer.end();
    const texts = table(up, 'texts', { cursor: null, more: ['v'], windows: { copies: 5 } });
    const [moved] = await texts.run();
    expect(moved?.rows.map(({ id }) => id ?? 'NULL').sort()).toEqual([...hostile, 'NULL', 'NULL'].sort());
  });
});

test('a quote in a name is a name and never SQL', async () => {
  await up.db.run(
    "CREATE TABLE plain (`i``d\"x'` INT PRIMARY KEY, `c``'c` DATETIME(6), KEY (`c``'c`))",
    "INSERT INTO plain VALUES (1, '2024-01-01'), (2, NULL)",
  );
  const plain = table(up, 'plain', {
    key: 'i`d"x\'',
    cursor: { column: "c`'c", tieBreaker: 'i`d"x\'' },
    windows: { maxRows: 1, copies: 2 },
  });
  const moved = await plain.run();
  expect(sum(moved.map(({ rows }) => rows.length))).toBe(2);
});
