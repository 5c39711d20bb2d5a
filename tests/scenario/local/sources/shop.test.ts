import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RowDataPacket } from 'mysql2/promise';
import Client from 'ssh2-sftp-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authority } from '../../../../local/http/certs';
import { connectShop } from '../../../../local/sources/connect';
import { generateUsers } from '../../../../local/sources/generate';
import { live } from '../../../../local/sources/live';
import { seed } from '../../../../local/sources/seed';
import { readSshKeys } from '../../../../local/sources/sshKeys';
import { choosePorts, defaultPorts } from '../../../../local/supervisor/freePorts';
import { type Keeper, keeper } from '../../../../local/supervisor/keeper';
import { layoutOf } from '../../../../local/supervisor/layout';
import { secretsOf } from '../../../../local/supervisor/secrets';
import { services } from '../../../../local/supervisor/services';
import { type Stack, shopUrl } from '../../../../local/supervisor/stack';

let stack: Stack;
let keepers: Keeper[];

beforeAll(async () => {
  const state = await mkdtemp(join(tmpdir(), 'tidemark-shop-'));
  const layout = layoutOf({ TIDEMARK_STATE: state });
  await authority(join(state, 'tls'));
  const any = { ...defaultPorts, mysql: 0, sftp: 0 };
  stack = { layout, ports: await choosePorts(any), secrets: await secretsOf(layout.secrets) };
  keepers = services(stack)
    .filter(({ name }) => name === 'mysql' || name === 'sftp')
    .map((service) => keeper(service, { state, logs: layout.logs, changed: () => undefined }));
  await Promise.all(keepers.map((one) => one.start()));
  await fill();
});
afterAll(async () => {
  await Promise.all(keepers.map((one) => one.stop()));
  await rm(stack.layout.state, { recursive: true, force: true });
});

const reports = () => join(stack.layout.state, 'sftp/reports');
const fill = (replace = false) =>
  seed({
    mysql: shopUrl(stack),
    reports: reports(),
    work: join(stack.layout.state, 'sources'),
    stock: { kind: 'generated', count: 400, seed: 3 },
    replace,
  });
const readerUrl = () => shopUrl(stack).replace(/shop:[^@]+@/, `etl:${stack.secrets.readerPassword}@`);

async function ask(url: string, sql: string): Promise<RowDataPacket[]> {
  const connection = await connectShop(url);
  try {
    return (await connection.query<RowDataPacket[]>(sql))[0];
  } finally {
    await connection.end();
  }
}

describe("the shop's database", () => {
  test('holds every generated user with the id it was given', async () => {
    const rows = await ask(
      readerUrl(),
      'SELECT identifierHash, country, productsPassRate, hasAnyApp, deleted_at FROM users',
    );
    const wanted = Array.from(generateUsers(400, 3), (user) => [
      user.identifierHash,
      user.country,
      user.productsPassRate,
      user.hasAnyApp === 'True' ? 1 : 0,
      null,
    ]);
    expect(rows.map((row) => Object.values(row)).sort()).toEqual(wanted.sort());
  });

  test('shows the reader open transactions, and lets it change nothing', async () => {
    const writer = await connectShop(shopUrl(stack));
    await writer.beginTransaction();
    await writer.query("UPDATE users SET language = 'xx' LIMIT 1");
    const open = await ask(
      readerUrl(),
      'SELECT trx_started FROM information_schema.INNODB_TRX WHERE trx_rows_modified > 0',
    );
    await writer.rollback();
    await writer.end();
    expect(open).toHaveLength(1);
    await expect(ask(readerUrl(), 'UPDATE users SET language = 1')).rejects.toThrow('command denied');
    await expect(ask(readerUrl(), 'SELECT * FROM mysql.global_priv')).rejects.toThrow('denied');
  });

  test('is left alone by a second seeding, unless that is to replace it', async () => {
    expect(await fill()).toEqual({ kind: 'occupied', users: 400 });
    expect(await fill(true)).toMatchObject({ kind: 'seeded', users: 400, origin: 'computed' });
  });

  test('lives: each change moves its own cursor, and a deletion is a mark', async () => {
    const [before] = await ask(shopUrl(stack), 'SELECT CAST(MAX(updated_at) AS CHAR) AS latest FROM users');
    const lived = await live(shopUrl(stack), { updates: 50, inserts: 7, deletes: 3, seed: 11 });
    expect(lived).toEqual({ updated: 50, inserted: 7, deleted: 3 });
    const [after] = await ask(
      shopUrl(stack),
      `SELECT COUNT(*) AS users, SUM(updated_at > '${before?.['latest']}') AS moved, COUNT(deleted_at) AS gone, MAX(updated_at) < NOW(6) - INTERVAL 2 SECOND AS settled FROM users`,
    );
    expect(after).toEqual({ users: '407', moved: '60', gone: '3', settled: 1 });
  });

  test('keeps what it acknowledged when it is killed, and comes back by itself', async () => {
    const [mysql] = keepers;
    const writer = await connectShop(shopUrl(stack));
    await writer.query('UPDATE users SET productsBought = 777 LIMIT 1');
    process.kill(mysql?.process?.pid ?? 0, 'SIGKILL');
    writer.destroy();
    await expect.poll(() => `${mysql?.restarts} ${mysql?.state}`, { timeout: 30_000 }).toBe('1 healthy');
    expect(await ask(shopUrl(stack), 'SELECT COUNT(*) AS n FROM users WHERE productsBought = 777')).toEqual([
      { n: '1' },
    ]);
  });
});

describe("the partner's server", () => {
  const connect = async (privateKey: string, username = 'etl') => {
    const client = new Client();
    // The library throws late errors of a refused connection at whoever does not listen.
    client.on('error', () => undefined);
    await client.connect({ host: '127.0.0.1', port: stack.ports.sftp, username, privateKey, retries: 0 });
    return client;
  };

  test('gives the three reports to the one who has the key, and nothing above its root', async () => {
    const { client: key, fingerprint } = await readSshKeys(stack.layout.state);
    expect(fingerprint).toMatch(/^ssh-ed25519 256 ([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
    await writeFile(join(stack.layout.state, 'outside'), 'x');
    const client = await connect(key);
    expect((await client.list('reports')).map(({ name }) => name).sort()).toEqual((await readdir(reports())).sort());
    expect(await client.exists('/../outside')).toBe(false);
    await client.end();
  });

  test('refuses another name and another key', async () => {
    const { client: key } = await readSshKeys(stack.layout.state);
    const stranger = await readFile(join(stack.layout.state, 'sftp-keys/host'), 'utf8');
    await expect(connect(key, 'root')).rejects.toThrow('authentication methods failed');
    await expect(connect(stranger)).rejects.toThrow('authentication methods failed');
  });
});
