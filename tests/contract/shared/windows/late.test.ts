import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { readingProblems } from '../../../../shared/windows/reading';
import { deployed } from '../../local/adf/deployed';
import { type Database, database } from '../../local/adf/stack';
import { table } from './table';

const up = deployed();

const create = (name: string) =>
  up.db.run(`CREATE TABLE ${name} (id INT PRIMARY KEY, c DATETIME(6), v VARCHAR(20), KEY (c))`);

describe('a row that is committed late', () => {
  test('is waited for while its transaction is open', async () => {
    await create('open_trx');
    const open = table(up, 'open_trx', { cursor: { column: 'c' } });
    const writer = await up.db.connect();
    await writer.query('START TRANSACTION');
    await writer.query("INSERT INTO open_trx VALUES (1, NOW(6), 'late')");
    await sleep(2500);
    await up.db.run("INSERT INTO open_trx VALUES (2, NOW(6), 'early')");
    await open.run();
    expect(open.keys()).toEqual([]);
    await writer.query('COMMIT');
    await writer.end();
    await sleep(3100);
    await open.run();
    expect(open.keys()).toEqual(['1', '2']);
  });

  test('is waited for when its transaction is prepared and its connection gone', async () => {
    await create('xa_trx');
    const xa = table(up, 'xa_trx', { cursor: { column: 'c' } });
    const writer = await up.db.connect();
    for (const statement of [
      "XA START 'a'",
      "INSERT INTO xa_trx VALUES (1, NOW(6), '')",
      "XA END 'a'",
      "XA PREPARE 'a'",
    ])
      await writer.query(statement);
    await writer.end();
    await sleep(2500);
    await xa.run();
    const upper = xa.watermark()?.cursor ?? '';
    await up.db.run("XA COMMIT 'a'");
    await sleep(3100);
    await xa.run();
    expect(xa.keys()).toEqual(['1']);
    expect(upper < (xa.silver()['1'] ?? '')).toBe(true);
  });

  test('is waited for while its statement has no transaction yet', async () => {
    await create('waiting');
    const waiting = table(up, 'waiting', { cursor: { column: 'c' } });
    const [locker, writer] = [await up.db.connect(), await up.db.connect()];
    await locker.query('LOCK TABLES waiting READ');
    const written = writer.query("INSERT INTO waiting VALUES (1, NOW(6), '')");
    await sleep(3500);
    await waiting.run();
    await locker.query('UNLOCK TABLES');
    await written;
    await Promise.all([locker.end(), writer.end()]);
    await sleep(3100);
    await waiting.run();
    expect(waiting.keys()).toEqual(['1']);
  });

  test('is lost behind a lag that is too short, and found by a look back; the window says which promise it has', async () => {
    await create('lagging');
    const readPoint = { by: 'lag', lagSeconds: 1 };
    const short = table(up, 'short', { from: 'lagging', cursor: { column: 'c' }, readPoint });
    const back = table(up, 'back', { from: 'lagging', cursor: { column: 'c', lookBack: 60 }, readPoint });
    const writer = await up.db.connect();
    await writer.query('START TRANSACTION');
    await writer.query("INSERT INTO lagging VALUES (1, NOW(6), '')");
    await sleep(1500);
    for (const one of [short, back]) expect((await one.run())[0]?.reading?.guarantee).toBe('lag');
    await writer.query('COMMIT');
    await writer.end();
    await short.run();
    const [again] = await back.run();
    expect([short.keys(), back.keys()]).toEqual([[], ['1']]);
    expect((again?.reading?.from ?? '') < (again?.window.lower ?? '')).toBe(true);
  });

  test('may be missed by an account that does not see transactions, and the window says so by itself', async () => {
    await create('blind');
    const promised = async (account: 'etl' | 'shop') =>
      (await table(up, `by_${account}`, { from: 'blind', cursor: { column: 'c' }, account }).run())[0]?.reading;
    expect((await promised('etl'))?.guarantee).toBe('read-point');
    expect((await promised('shop'))?.guarantee).toBe('lag');
  });
});

describe('rows without a cursor', () => {
  test.each(['include', 'exclude', 'fail'] as const)('under %s', async (nulls) => {
    const name = `nulls_${nulls}`;
    await create(name);
    const writer = await up.db.connect();
    await writer.query("SET sql_mode = ''");
    await writer.query(`INSERT INTO ${name} VALUES (1, NULL, 'a'), (2, '2024-01-01', 'a'), (3, '0000-00-00', 'a')`);
    const bare = table(up, name, { cursor: { column: 'c', nulls }, more: ['v'] });
    const [first] = await bare.run();
    expect(bare.keys()).toEqual(nulls === 'include' ? ['1', '2', '3'] : ['2']);
    expect(first?.reading?.withoutCursor).toBe('2');
    const said = readingProblems(bare.source, first?.reading ?? null, []).map(({ code }) => code);
    expect(said).toEqual(nulls === 'include' ? [] : ['CURSOR_NULL']);
    // What loses its cursor later, and what never had one, is read by the next run.
    await writer.query(`UPDATE ${name} SET c = NULL, v = 'lost' WHERE id = 2`);
    await writer.query(`INSERT INTO ${name} VALUES (4, NULL, 'new')`);
    await writer.end();
    await bare.run();
    expect(bare.silver('v')).toEqual(nulls === 'include' ? { 1: 'a', 2: 'lost', 3: 'a', 4: 'new' } : { 2: 'a' });
  });

  test('are found by a zero date also in a column that is never NULL', async () => {
    const writer = await up.db.connect();
    await writer.query("SET sql_mode = ''");
    await writer.query("CREATE TABLE zeros (id INT PRIMARY KEY, c TIMESTAMP NOT NULL DEFAULT '0000-00-00', KEY (c))");
    await writer.query('INSERT INTO zeros (id) VALUES (1)');
    const zeros = table(up, 'zeros', { cursor: { column: 'c' } });
    await zeros.run();
    await writer.query('INSERT INTO zeros (id) VALUES (2)');
    await writer.end();
    await zeros.run();
    expect(zeros.keys()).toEqual(['1', '2']);
  });
});

describe('a watermark ahead of its source', () => {
  test('yields no row, stays where it is, and is told', async () => {
    await create('future');
    await up.db.run("INSERT INTO future VALUES (1, NOW(6), '')");
    const future = table(up, 'future', { cursor: { column: 'c' } });
    future.setWatermark('2999-01-01 00:00:00.000000');
    const [moved] = await future.run();
    expect([moved?.rows, future.watermark()?.cursor]).toEqual([[], '2999-01-01 00:00:00.000000']);
    expect(readingProblems(future.source, moved?.reading ?? null, [])).toMatchObject([{ code: 'WATERMARK_AHEAD' }]);
  });
});

/** A zone as TZ writes it, an hour ahead in summer, whose clock goes back this many seconds from now. */
function foldingIn(seconds: number): string {
  const at = new Date(Date.now() + (3600 + seconds) * 1000);
  const day = Math.floor((at.getTime() - Date.UTC(at.getUTCFullYear(), 0, 1)) / 86_400_000);
  return `WIN0SUM-1,60/0,${day}/${at.toISOString().slice(11, 19)}`;
}

describe('a server in a zone of its own', () => {
  const within = async (zone: string, session: string, test: (there: Database) => Promise<void>) => {
    const there = await database(up.stack.state.directory, zone, session);
    await test(there).finally(() => there.stop());
  };

  test.each([
    ['east of its sessions', () => 'EAS-9', 2],
    ['west of its sessions', () => 'WES9', 2],
    ['that goes back meanwhile', () => foldingIn(30), 32],
  ])(
    '%s sees a transaction that is open',
    async (_, zone, seconds) => {
      const ended = Date.now() + seconds * 1000;
      await within(zone(), '+00:00', async (there) => {
        await there.run('CREATE TABLE z (id INT PRIMARY KEY, c DATETIME(6), KEY (c))');
        const utc = table({ stack: up.stack, db: there }, 'z', { cursor: { column: 'c', zone: '+00:00' } });
        const writer = await there.connect();
        await writer.query('START TRANSACTION');
        await writer.query('INSERT INTO z VALUES (1, UTC_TIMESTAMP(6))');
        await sleep(Math.max(2500, ended - Date.now()));
        await utc.run();
        await writer.query('COMMIT');
        await writer.end();
        await sleep(3100);
        await utc.run();
        expect(utc.keys()).toEqual(['1']);
      });
    },
    180_000,
  );

  test('whose clock has just gone back is looked back at, an hour', () =>
    within(foldingIn(-60), 'SYSTEM', async (there) => {
      await there.run('CREATE TABLE fold (id INT PRIMARY KEY, c DATETIME(6), KEY (c))');
      const writer = await there.connect();
      // The bound of a run before the clock went back: up to an hour ahead of what it says now.
      const printed = "DATE_FORMAT(NOW(6) + INTERVAL 58 MINUTE, '%Y-%m-%d %H:%i:%s.%f') AS at";
      const [[before]] = (await writer.query(`SELECT ${printed}`)) as unknown as [{ at: string }[]];
      await writer.query('INSERT INTO fold VALUES (1, NOW(6))');
      await writer.end();
      const fold = table({ stack: up.stack, db: there }, 'fold', { cursor: { column: 'c' } });
      fold.setWatermark(before?.at ?? '');
      await sleep(3100);
      const [moved] = await fold.run();
      expect([fold.keys(), fold.watermark()?.cursor]).toEqual([['1'], before?.at]);
      expect(moved?.reading?.ahead).toBe(false);
    }));
});
