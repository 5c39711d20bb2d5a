import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FactoryStack, factoryStack, sftpServer } from './stack';

let stack: FactoryStack;
let sftp: Awaited<ReturnType<typeof sftpServer>>;

beforeAll(async () => {
  stack = await factoryStack();
  sftp = await sftpServer(stack.state.directory);
  await stack.secrets.setSecret('sftp-key', Buffer.from(sftp.privateKey).toString('base64'));
  await stack.deploy();
}, 120_000);
afterAll(async () => {
  await sftp?.stop();
  await stack?.dispose();
});

const inLake = (path: string) => join(stack.state.directory, 'lake', path);
const land = async (path: string, content: string | Buffer) => {
  await mkdir(dirname(inLake(path)), { recursive: true });
  await writeFile(inLake(path), content);
};
const duck = async (query: string) => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const rows = (await connection.runAndReadAll(query)).getRowsJson();
  connection.closeSync();
  return rows;
};
const of = (ran: Awaited<ReturnType<FactoryStack['run']>>, name: string) =>
  ran.activities.find((one) => one.name === name);

describe('files of an SFTP server', () => {
  const request = (change: object = {}) => ({
    source: 'report',
    host: '127.0.0.1',
    port: sftp.port,
    username: 'etl',
    hostKeyFingerprint: sftp.fingerprint,
    vaultUrl: stack.vaultUrl,
    secretName: 'sftp-key',
    folder: '/reports',
    lakeUrl: stack.lakeUrl,
    target: 'taken/1',
    runKey: 'k',
    ...change,
  });
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7) % 256));

  beforeAll(async () => {
    await writeFile(join(stack.state.directory, 'sftp/reports/a b.csv'), 'x,y\n1,2\n');
    await writeFile(join(stack.state.directory, 'sftp/reports/big.bin'), bytes);
    await mkdir(join(stack.state.directory, 'sftp/reports/older'), { recursive: true });
  });

  test('are listed with size and time, folders left out, and nothing is brought without a name', async () => {
    const ran = await stack.run('copy_sftp_files', request());
    expect(ran.message).toBe('');
    const looked = ran.activities.filter(({ name }) => name === 'Look at file').map(({ output }) => output);
    expect(looked).toHaveLength(2);
    expect(looked).toContainEqual({
      itemName: 'big.bin',
      size: 300_000,
      lastModified: expect.stringMatching(/^\d{4}-.*\dZ$/),
    });
    expect(of(ran, 'Bring file')).toBeUndefined();
  });

  test('arrive byte for byte', async () => {
    const ran = await stack.run('copy_sftp_files', request({ files: [{ name: 'big.bin' }, { name: 'a b.csv' }] }));
    expect(ran.message).toBe('');
    expect((await readFile(inLake('landing/taken/1/big.bin'))).equals(bytes)).toBe(true);
    expect(await readFile(inLake('landing/taken/1/a b.csv'), 'utf8')).toBe('x,y\n1,2\n');
    expect(
      ran.activities
        .filter(({ name }) => name === 'Bring file')
        .map(({ output }) => output.dataRead)
        .sort(),
    ).toEqual([300_000, 8]);
  });

  test('are not asked for from a server with another host key', async () => {
    const other = sftp.fingerprint.replace(/..$/, (end: string) => (end === '00' ? '01' : '00'));
    const ran = await stack.run('copy_sftp_files', request({ hostKeyFingerprint: other }));
    expect(of(ran, 'List folder')?.error).toMatchObject({
      failureType: 'UserError',
      message: expect.stringContaining('is not the pinned one'),
    });
  });

  test('that are not there are named', async () => {
    const ran = await stack.run('copy_sftp_files', request({ files: [{ name: 'gone.csv' }] }));
    expect([ran.status, ran.message]).toEqual(['Failed', expect.stringContaining('/reports/gone.csv')]);
  });
});

describe('delimited files that landed', () => {
  const request = (name: string, change: object = {}) => ({
    source: 'users',
    files: [{ folder: 'in', name, part: 0 }],
    lakeUrl: stack.lakeUrl,
    folder: `users/${name}`,
    window: '3',
    runKey: `users:${name}`,
    ...change,
  });
  const content = (name: string) =>
    duck(`SELECT * FROM read_parquet('${inLake(`bronze/users/${name}/part-0.parquet`)}')`);

  test('become Parquet, every column as text, with window and file', async () => {
    const text = 'id,name,note\n-9223372036854775808,"a ""q"", b","l1\nl2"\n007,,é€😀\n';
    await land('landing/in/good.csv', text);
    const ran = await stack.run('copy_landed_files', request('good.csv'));
    expect(ran.message).toBe('');
    expect(await content('good.csv')).toEqual([
      ['-9223372036854775808', 'a "q", b', 'l1\nl2', '3', 'good.csv'],
      ['007', null, 'é€😀', '3', 'good.csv'],
    ]);
    expect(of(ran, 'Look at file')?.output).toEqual({
      itemName: 'good.csv',
      size: Buffer.byteLength(text),
      structure: ['id', 'name', 'note'].map((name) => ({ name, type: 'String' })),
      columnCount: 3,
    });
  });

  test('lose no row unseen: what is no row is counted and kept raw', async () => {
    await land('landing/in/bad.csv', 'id,name\n1,a\n2\n3,x,y,z\n"4\n5",b,c\n6,d\n');
    const ran = await stack.run('copy_landed_files', request('bad.csv'));
    const { rowsRead, rowsCopied, rowsSkipped, logFilePath } = of(ran, 'Copy file')?.output ?? {};
    expect([rowsRead, rowsCopied, rowsSkipped]).toEqual([5, 2, 3]);
    expect((await content('bad.csv')).map(([id]) => id)).toEqual(['1', '6']);
    const log = await duck(
      `SELECT Level, OperationName, OperationItem, Message FROM read_csv('${inLake(logFilePath)}', header = true)`,
    );
    expect(log.map((row) => row.slice(0, 3))).toEqual([
      ['Warning', 'TabularRowSkip', '2'],
      ['Warning', 'TabularRowSkip', '3,x,y,z'],
      ['Warning', 'TabularRowSkip', '"4\n5",b,c'],
    ]);
    expect(log[0]?.[3]).toContain('bad.csv, line 3: Expected Number of Columns: 2 Found: 1');
    expect(logFilePath).toMatch(/^quarantine\/users\/window=3\/copyactivity-logs\/Copy file\//);
  });

  test.each([
    ['gzip', { compression: 'gzip' }, gzipSync('id,name\n1,a\n')],
    ['Windows line ends and a mark at the start', {}, Buffer.from('\uFEFFid,name\r\n1,a\r\n')],
    ['UTF-16', { encoding: 'UTF-16LE' }, Buffer.from('\uFEFFid,name\n1,a\n', 'utf16le')],
    ['windows-1252', { encoding: 'windows-1252' }, Buffer.from('id,name\n1,a\n', 'latin1')],
    [
      'another delimiter, quote and escape',
      { delimiter: ';', quote: "'", escape: '\\' },
      Buffer.from("id;name\n'1';'a'\n"),
    ],
  ])('may be in %s', async (what, format, bytes) => {
    const name = `${what.replaceAll(' ', '-')}.csv`;
    await land(`landing/in/${name}`, bytes);
    const ran = await stack.run('copy_landed_files', request(name, format));
    expect(ran.message).toBe('');
    expect((await content(name)).map((row) => row.slice(0, 2))).toEqual([['1', 'a']]);
  });

  test('with a repeated column name are refused by name', async () => {
    await land('landing/in/twice.csv', 'id,ID\n1,2\n');
    const ran = await stack.run('copy_landed_files', request('twice.csv'));
    expect(ran.message).toContain(
      "The header of 'in/twice.csv' is empty or has an empty or repeated column name: id, ID",
    );
  });
});

describe('an export', () => {
  test('keeps the order of the rows, writes NULL as nothing, quotes only where it must, and copies the Parquet as it is', async () => {
    await mkdir(inLake('gold/_published/t'), { recursive: true });
    const file = inLake('gold/_published/t/p.parquet');
    await duck(
      `COPY (SELECT * FROM (VALUES ('b', '1.0', NULL), ('a', 'x,y', 'say "hi"'), ('c', 'é', 'l1\nl2')) AS v(k, x, "Some name")) TO '${file}' (FORMAT parquet)`,
    );
    const ran = await stack.run('export_gold', {
      source: 't',
      lakeUrl: stack.lakeUrl,
      sourceFolder: '_published/t',
      sourceFile: 'p.parquet',
      targetFolder: 't',
      csvFile: 'A (name).csv',
      parquetFile: 'A (name).parquet',
      runKey: 'k',
    });
    expect(ran.message).toBe('');
    expect(await readFile(inLake('exports/t/A (name).csv'), 'utf8')).toBe(
      'k,x,Some name\nb,1.0,\na,"x,y","say ""hi"""\nc,é,"l1\nl2"\n',
    );
    expect((await readFile(inLake('exports/t/A (name).parquet'))).equals(await readFile(file))).toBe(true);
  });
});

describe('a purge', () => {
  test('deletes below its folder what is older than its time, and nothing else', async () => {
    await land('landing/old/a/1.csv', 'x');
    await land('landing/older/1.csv', 'x');
    const purge = (before: string) =>
      stack.run('purge_expired', {
        source: 's',
        lakeUrl: stack.lakeUrl,
        container: 'landing',
        folder: 'old',
        before,
        runKey: 'k',
      });
    expect(of(await purge('2020-01-01T00:00:00Z'), 'Purge')?.output.filesDeleted).toBe(0);
    expect(of(await purge('2999-01-01T00:00:00Z'), 'Purge')?.output.filesDeleted).toBe(1);
    expect(await readdir(inLake('landing/older'))).toEqual(['1.csv']);
    expect((await purge('2999-01-01T00:00:00Z')).status).toBe('Succeeded');
  });
});
