import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sessionLogs } from '../../../support/sessionLog';
import { committed, type FactoryStack, factoryStack, sftpServer } from './stack';

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
    folder: 'reports',
    lakeUrl: stack.lakeUrl,
    target: 'taken/1',
    runKey: 'k',
    ...change,
  });
  const file = (name: string, as: string) => ({ name, as });
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
      exists: true,
      itemName: 'big.bin',
      size: 300_000,
      lastModified: expect.stringMatching(/^\d{4}-.*\dZ$/),
    });
    expect(of(ran, 'Bring file')).toBeUndefined();
  });

  test('lie in the home folder of the user unless their folder begins with a slash', async () => {
    const looked = async (folder: string) => {
      const ran = await stack.run('copy_sftp_files', request({ folder, prefix: 'big' }));
      return ran.activities.filter(({ name }) => name === 'Look at file').map(({ output }) => output.itemName);
    };
    expect(await looked('reports')).toEqual(['big.bin']);
    expect(await looked('/home/etl/reports')).toEqual(['big.bin']);
    expect(await looked('/reports')).toEqual([]);
  });

  test('need the key of their server as base64, which the service wants', async () => {
    await stack.secrets.setSecret('sftp-key-raw', sftp.privateKey);
    const ran = await stack.run('copy_sftp_files', request({ secretName: 'sftp-key-raw' }));
    expect(ran.message).toContain('Invalid Sftp credential');
  });

  test('arrive byte for byte', async () => {
    const ran = await stack.run('copy_sftp_files', request({ files: [file('big.bin', 'f1'), file('a b.csv', 'f2')] }));
    expect(ran.message).toBe('');
    expect((await readFile(inLake('landing/taken/1/f1'))).equals(bytes)).toBe(true);
    expect(await readFile(inLake('landing/taken/1/f2'), 'utf8')).toBe('x,y\n1,2\n');
    expect(
      ran.activities
        .filter(({ name }) => name === 'Look after')
        .map(({ output }) => output.size)
        .sort(),
    ).toEqual([300_000, 8]);
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

  test('that are not there, or lead nowhere, leave the others alone', async () => {
    await symlink('nowhere', join(stack.state.directory, 'sftp/reports/link.csv'));
    const wanted = [file('gone.csv', 'g'), file('big.bin', 'f3'), file('link.csv', 'l')];
    const ran = await stack.run('copy_sftp_files', request({ files: wanted }));
    expect([ran.status, ran.message]).toEqual(['Succeeded', '']);
    const failed = ran.activities.filter(({ name, status }) => name === 'Bring file' && status === 'Failed');
    expect(failed.map(({ properties, error }) => [properties['File'], error.message]).sort()).toEqual([
      ['gone.csv', expect.stringContaining("'reports/gone.csv'")],
      ['link.csv', expect.stringContaining("'reports/link.csv'")],
    ]);
    expect((await readFile(inLake('landing/taken/1/f3'))).equals(bytes)).toBe(true);
  });

  test('are looked at only where their name begins as asked, or is that of the marker', async () => {
    await writeFile(join(stack.state.directory, 'sftp/reports/_SUCCESS'), '');
    const ran = await stack.run('copy_sftp_files', request({ prefix: 'a', marker: '_SUCCESS' }));
    const looked = ran.activities.filter(({ name }) => name === 'Look at file').map(({ output }) => output.itemName);
    expect(looked.sort()).toEqual(['_SUCCESS', 'a b.csv']);
  });
});

describe('delimited files that landed', () => {
  const request = (name: string, change: object = {}) => ({
    source: 'users',
    files: [{ folder: 'in', name, file: `sent as ${name}`, sha256: 'ab', compression: 'none', part: 0 }],
    raw: 'landing',
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
      ['-9223372036854775808', 'a "q", b', 'l1\nl2', '3', 'sent as good.csv'],
      ['007', null, 'é€😀', '3', 'sent as good.csv'],
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
    const log = await sessionLogs(inLake(logFilePath));
    expect(log.map((row) => row.slice(0, 3))).toEqual([
      ['Warning', 'TabularRowSkip', '2'],
      ['Warning', 'TabularRowSkip', '3,x,y,z'],
      ['Warning', 'TabularRowSkip', '"4\n5",b,c'],
    ]);
    expect(log[0]?.[3]).toContain("source 'bad.csv' with row number 3: Expected Number of Columns: 2 Found: 1");
    expect(logFilePath).toMatch(/^quarantine\/users\/bad\.csv\/[^/]+\/copyactivity-logs\/Copy file\/[^/]+\/$/);
  });

  test('that cannot be read are named by their content, and the others are copied', async () => {
    await land('landing/in/fine.csv', 'id,name\n1,a\n');
    await land('landing/in/broken.csv', 'id,id\n1,a\n');
    const file = (name: string, sha256: string, part: number) => ({
      folder: 'in',
      name,
      file: name,
      sha256,
      compression: 'none',
      part,
    });
    const ran = await stack.run('copy_landed_files', {
      ...request('two'),
      files: [file('broken.csv', 'aa', 1), file('fine.csv', 'bb', 0)],
    });
    expect(ran.status).toBe('Failed');
    expect(
      ran.activities
        .filter(({ status }) => status === 'Failed')
        .map(({ name, properties }) => [name, properties['File']]),
    ).toEqual([
      ['Each file', undefined],
      ['Look at file', 'aa'],
    ]);
    expect((await content('two')).map((row) => row.slice(0, 2))).toEqual([['1', 'a']]);
  });

  test('with a repeated column name are refused by name', async () => {
    await land('landing/in/twice.csv', 'id,ID\n1,2\n');
    const ran = await stack.run('copy_landed_files', request('twice.csv'));
    expect(ran.message).toContain(
      "The header of 'in/twice.csv' is empty or has an empty or repeated column name: id, ID",
    );
  });

  test('with a column name that Parquet does not take are refused at the sink', async () => {
    await land('landing/in/odd.csv', 'id,full name\n1,2\n');
    const ran = await stack.run('copy_landed_files', request('odd.csv'));
    expect(ran.message).toMatch(/ErrorCode=ParquetInvalidColumnName,.*"full name"/);
  });
});

describe('an export', () => {
  const request = (change: object = {}) => ({
    source: 't',
    lakeUrl: stack.lakeUrl,
    sourceFolder: '_published/t',
    sourceFile: 'p.parquet',
    targetFolder: '_placing/t',
    csvFile: 'A (name).csv',
    parquetFile: 'A (name).parquet',
    runKey: 'k',
    ...change,
  });

  beforeAll(() => mkdir(inLake('gold/_published/t'), { recursive: true }));

  test('keeps the order of the rows, writes NULL as nothing, quotes only where it must, and copies the Parquet as it is, to files that bear its name', async () => {
    const file = inLake('gold/_published/t/p.parquet');
    await duck(
      `COPY (SELECT * FROM (VALUES ('b', '1.0', NULL), ('a', 'x,y', 'say "hi"'), ('c', 'é', 'l1\nl2')) AS v(k, x, "Some_name")) TO '${file}' (FORMAT parquet)`,
    );
    const ran = await stack.run('export_gold', request());
    expect(ran.message).toBe('');
    expect(await readFile(inLake(`exports/_placing/t/${ran.id}-A (name).csv`), 'utf8')).toBe(
      'k,x,Some_name\nb,1.0,\na,"x,y","say ""hi"""\nc,é,"l1\nl2"\n',
    );
    expect((await readFile(inLake(`exports/_placing/t/${ran.id}-A (name).parquet`))).equals(await readFile(file))).toBe(
      true,
    );
  });

  test.each([
    ['UTF-8', 'none', '\uFEFFk\na\n'],
    ['UTF-8', 'gzip', '\uFEFFk\na\n'],
    ['UTF-8 without BOM', 'none', 'k\na\n'],
  ])('in %s, packed as %s, begins as the service begins it', async (encoding, compressionCodec, text) => {
    await duck(`COPY (SELECT 'a' AS k) TO '${inLake('gold/_published/t/k.parquet')}' (FORMAT parquet)`);
    const dataset = committed('dataset', 'lake_csv');
    dataset.parameters.encoding.defaultValue = encoding;
    dataset.typeProperties.compressionCodec = compressionCodec;
    await stack.put('datasets', 'lake_csv', dataset);
    const ran = await stack.run('export_gold', request({ sourceFile: 'k.parquet' })).finally(() => stack.deploy());
    const bytes = await readFile(inLake(`exports/_placing/t/${ran.id}-A (name).csv`));
    expect((compressionCodec === 'gzip' ? gunzipSync(bytes) : bytes).toString()).toBe(text);
  });
});

describe('a purge', () => {
  const purge = (before: string, pipeline = 'purge_expired') =>
    stack.run(pipeline, {
      source: 's',
      lakeUrl: stack.lakeUrl,
      container: 'landing',
      folder: 'old',
      before,
      runKey: 'k',
    });

  test('deletes below its folder what is older than its time, and nothing else', async () => {
    await land('landing/old/a/1.csv', 'x');
    await land('landing/older/1.csv', 'x');
    expect(of(await purge('2020-01-01T00:00:00Z'), 'Purge')?.output.filesDeleted).toBe(0);
    expect(of(await purge('2999-01-01T00:00:00Z'), 'Purge')?.output.filesDeleted).toBe(1);
    expect(await readdir(inLake('landing/older'))).toEqual(['1.csv']);
    expect((await purge('2999-01-01T00:00:00Z')).status).toBe('Succeeded');
  });

  test('of a whole folder by time alone is refused: it wants a pattern of names too', async () => {
    await land('landing/old/2.csv', 'x');
    const properties = committed('pipeline', 'purge_expired');
    delete properties.activities[0].typeProperties.storeSettings.wildcardFileName;
    expect((await stack.put('pipelines', 'purge_untold', properties)).status).toBe(200);
    const ran = await purge('2999-01-01T00:00:00Z', 'purge_untold');
    expect(ran.message).toContain('If you want to delete files filtered by LastmodifiedDate, please set fileName');
    expect(await readdir(inLake('landing/old'))).toContain('2.csv');
  });
});
