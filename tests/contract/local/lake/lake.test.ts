import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { type DataLakeFileSystemClient, DataLakeServiceClient } from '@azure/storage-file-datalake';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lake } from '../../../../local/lake/lake';
import { collect } from '../../../support/collect';
import { type Credentials, credentials } from '../../../support/credential';
import { type LocalState, localState } from '../../../support/local';

let state: LocalState;
let known: Credentials;
let url: string;
let files: DataLakeFileSystemClient;
const disk = (path: string) => join(state.directory, 'lake/bronze', path);
const text = async (path: string) => (await files.getFileClient(path).readToBuffer()).toString();
const put = async (path: string, content: string, options = {}) => {
  const bytes = Buffer.from(content);
  await files.getFileClient(path).upload(bytes, options);
};

beforeAll(async () => {
  state = await localState();
  known = await credentials(state.directory);
  url = await state.start((baseUrl) => lake({ state: state.directory, baseUrl, keys: known.keys, environment: {} }));
  const service = new DataLakeServiceClient(`${url}/tidemarklake`, known.of('app'), { retryOptions: { maxTries: 1 } });
  files = service.getFileSystemClient('bronze');
  await files.create();
});
afterAll(() => state.dispose());

describe('containers', () => {
  test('are plain directories that can be made, listed and deleted', async () => {
    const service = new DataLakeServiceClient(`${url}/tidemarklake`, known.of('app'));
    const other = service.getFileSystemClient('short-lived');
    await other.create();
    await expect(other.create()).rejects.toMatchObject({ statusCode: 409, code: 'ContainerAlreadyExists' });
    expect((await collect(service.listFileSystems())).map(({ name }) => name)).toEqual(['bronze', 'short-lived']);
    await other.getFileClient('a/b').upload(Buffer.from('x'));
    await other.delete();
    expect(await other.exists()).toBe(false);
    await expect(other.getFileClient('a/b').upload(Buffer.from('x'))).rejects.toMatchObject({
      statusCode: 404,
      code: 'FilesystemNotFound',
    });
  });
});

describe('writing', () => {
  test('shows appended bytes to nobody before the flush', async () => {
    const file = files.getFileClient('appended.csv');
    await file.create();
    await file.append('hello ', 0, 6);
    await file.append('world', 6, 5);
    expect((await readFile(disk('appended.csv'))).length).toBe(0);
    expect((await file.getProperties()).contentLength).toBe(0);
    await file.flush(11, { close: true });
    expect((await readFile(disk('appended.csv'))).toString()).toBe('hello world');
    await file.append('!', 11, 1);
    await file.flush(12);
    await file.flush(12);
    expect(await text('appended.csv')).toBe('hello world!');
  });

  test('refuses a flush beyond a gap and takes appends in any order', async () => {
    const file = files.getFileClient('gap.csv');
    await file.create();
    await file.append('cd', 2, 2);
    await expect(file.flush(4)).rejects.toMatchObject({ statusCode: 400, code: 'InvalidFlushPosition' });
    await file.append('ab', 0, 2);
    await file.flush(4);
    expect(await text('gap.csv')).toBe('abcd');
  });

  test('forgets what an earlier file of the same name had appended', async () => {
    const file = files.getFileClient('again.csv');
    await file.create();
    await file.append('old', 0, 3);
    await file.create();
    await expect(file.flush(3)).rejects.toMatchObject({ code: 'InvalidFlushPosition' });
  });

  test('refuses to overwrite with If-None-Match and an unknown ETag, and says so by its codes', async () => {
    await put('once.csv', 'first', { conditions: { ifNoneMatch: '*' } });
    await expect(put('once.csv', 'second', { conditions: { ifNoneMatch: '*' } })).rejects.toMatchObject({
      statusCode: 409,
      code: 'PathAlreadyExists',
    });
    await expect(put('once.csv', 'second', { conditions: { ifMatch: '"0x1"' } })).rejects.toMatchObject({
      statusCode: 412,
      code: 'ConditionNotMet',
    });
    expect(await text('once.csv')).toBe('first');
  });

  test('lets exactly one of many writers with If-None-Match through', async () => {
    const attempts = Array.from({ length: 8 }, () =>
      files.getFileClient('race.csv').create({ conditions: { ifNoneMatch: '*' } }),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('keeps metadata and content type of an upload over the flush and a rename of the directory above', async () => {
    await put('dir/inner/meta.csv', 'x', { metadata: { runId: 'r-1' }, pathHttpHeaders: { contentType: 'text/csv' } });
    await files.getDirectoryClient('dir').move('moved');
    const properties = await files.getFileClient('moved/inner/meta.csv').getProperties();
    expect([properties.metadata, properties.contentType]).toEqual([{ runid: 'r-1' }, 'text/csv']);
    await files.getFileClient('moved/inner/meta.csv').setMetadata({ a: 'b' });
    const changed = await files.getFileClient('moved/inner/meta.csv').getProperties();
    expect(changed.metadata).toEqual({ a: 'b' });
    expect(changed.etag).not.toBe(properties.etag);
  });

  test('refuses a damaged body', async () => {
    const file = files.getFileClient('damaged.csv');
    await file.create();
    await expect(
      file.append('abc', 0, 3, { transactionalContentMD5: new Uint8Array(16), pathHttpHeaders: {} } as object),
    ).resolves.toBeDefined();
    const token = await known.of('app').getToken('https://storage.azure.com/.default');
    const answer = await fetch(`${url}/tidemarklake/bronze/damaged.csv?action=append&position=0`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token?.token}`, 'content-md5': Buffer.alloc(16).toString('base64') },
      body: 'abc',
    });
    expect([answer.status, answer.headers.get('x-ms-error-code')]).toEqual([400, 'Md5Mismatch']);
  });
});

describe('publishing by rename', () => {
  test('moves a checked source to a place that must be free', async () => {
    await put('_tmp/run/part', 'data');
    await files.getDirectoryClient('final').create();
    const source = files.getFileClient('_tmp/run/part');
    const { etag } = await source.getProperties();
    const conditions = { ifMatch: String(etag) };
    await source.move('final/part', { conditions, destinationConditions: { ifNoneMatch: '*' } });
    expect(await text('final/part')).toBe('data');
    await put('_tmp/run/part', 'other');
    await expect(source.move('final/part', { destinationConditions: { ifNoneMatch: '*' } })).rejects.toMatchObject({
      statusCode: 409,
      code: 'PathAlreadyExists',
    });
    await expect(source.move('final/part2', { conditions })).rejects.toMatchObject({
      statusCode: 412,
      code: 'SourceConditionNotMet',
    });
    expect(await text('final/part')).toBe('data');
  });

  test('takes the place of the version that is meant, with its metadata and its ETag, and of no other', async () => {
    await put('place/now', 'one');
    await put('_tmp/next', 'two', { metadata: { mark: '2' } });
    const next = files.getFileClient('_tmp/next');
    const [{ etag: now }, { etag }] = [
      await files.getFileClient('place/now').getProperties(),
      await next.getProperties(),
    ];
    const over = (ifMatch: string, to = 'place/now') => next.move(to, { destinationConditions: { ifMatch } });
    const refused = { statusCode: 412, code: 'ConditionNotMet' };
    await expect(over('"0x1"')).rejects.toMatchObject(refused);
    await expect(over(String(now), 'place/none')).rejects.toMatchObject(refused);
    expect([await text('place/now'), await text('_tmp/next')]).toEqual(['one', 'two']);
    await over(String(now));
    const properties = await files.getFileClient('place/now').getProperties();
    expect([await text('place/now'), properties.metadata, properties.etag]).toEqual(['two', { mark: '2' }, etag]);
    await expect(over(String(etag))).rejects.toMatchObject({ statusCode: 404, code: 'SourcePathNotFound' });
  });

  test('needs the destination’s directory and a source', async () => {
    await put('lonely', 'x');
    await expect(files.getFileClient('lonely').move('no/such/dir')).rejects.toMatchObject({
      statusCode: 404,
      code: 'RenameDestinationParentPathNotFound',
    });
    await expect(files.getFileClient('absent').move('final/absent')).rejects.toMatchObject({
      statusCode: 404,
      code: 'SourcePathNotFound',
    });
  });
});

describe('reading', () => {
  test('answers ranges, and 304 or 412 by ETag', async () => {
    await put('ranged', '0123456789');
    const file = files.getFileClient('ranged');
    expect((await file.readToBuffer(2, 3)).toString()).toBe('234');
    const { etag } = await file.getProperties();
    await expect(file.read(0, undefined, { conditions: { ifNoneMatch: String(etag) } })).rejects.toMatchObject({
      statusCode: 304,
    });
    await expect(file.read(0, undefined, { conditions: { ifMatch: '"0x1"' } })).rejects.toMatchObject({
      statusCode: 412,
      code: 'ConditionNotMet',
    });
    await expect(file.read(10, 1)).rejects.toMatchObject({ statusCode: 416 });
    const hashed = await file.read(0, 4, { rangeGetContentMD5: true });
    expect(Buffer.from(hashed.contentMD5 ?? []).toString('hex')).toBe('eb62f6b9306db575c2d596b1279627a4');
  });

  test('says what is missing, by body or by header', async () => {
    const file = files.getFileClient('missing');
    await expect(file.read()).rejects.toMatchObject({ statusCode: 404, code: 'BlobNotFound' });
    await expect(file.getProperties()).rejects.toMatchObject({
      statusCode: 404,
      details: { errorCode: 'BlobNotFound' },
    });
    expect(await file.exists()).toBe(false);
  });

  test('serves files that another program wrote, with a new ETag whenever they change', async () => {
    await mkdir(disk('spark/table'), { recursive: true });
    await writeFile(disk('spark/table/part-0.parquet'), 'one');
    const file = files.getFileClient('spark/table/part-0.parquet');
    const first = await file.getProperties();
    await file.setMetadata({ seen: 'yes' });
    await writeFile(disk('spark/table/part-0.parquet'), 'two!');
    const second = await file.getProperties();
    expect(await text('spark/table/part-0.parquet')).toBe('two!');
    expect(second.etag).not.toBe(first.etag);
    expect(second.metadata).toEqual({});
  });
});

describe('listing', () => {
  test('pages in a stable order, resumes after the last path and agrees with the ETag of a file', async () => {
    const paths = ['l/a/1', 'l/a/2', 'l/a-b/1', 'l/b', 'l/c/d/e'];
    for (const path of paths) await put(path, 'x');
    const names: (string | undefined)[] = [];
    for await (const page of files.listPaths({ path: 'l', recursive: true }).byPage({ maxPageSize: 2 })) {
      expect(page.pathItems?.length).toBeLessThanOrEqual(2);
      names.push(...(page.pathItems ?? []).map(({ name }) => name));
    }
    expect(names).toEqual(['l/a', 'l/a/1', 'l/a/2', 'l/a-b', 'l/a-b/1', 'l/b', 'l/c', 'l/c/d', 'l/c/d/e']);
    const [flat] = (await collect(files.listPaths({ path: 'l/a' }))).slice(0, 1);
    const { etag } = await files.getFileClient('l/a/1').getProperties();
    expect(flat).toMatchObject({
      name: 'l/a/1',
      isDirectory: false,
      contentLength: 1,
      permissions: { owner: { read: true } },
    });
    expect(`"${flat?.etag}"`).toBe(etag);
    await expect(collect(files.listPaths({ path: 'nowhere' }))).rejects.toMatchObject({
      statusCode: 404,
      code: 'PathNotFound',
    });
  });
});

describe('deleting', () => {
  test('wants recursive for a directory that is not empty', async () => {
    await put('del/a/b', 'x');
    await expect(files.getDirectoryClient('del').delete(false)).rejects.toMatchObject({
      statusCode: 409,
      code: 'DirectoryNotEmpty',
    });
    await files.getDirectoryClient('del').delete(true);
    expect(await files.getDirectoryClient('del').exists()).toBe(false);
    await expect(files.getFileClient('del/a/b').delete()).rejects.toMatchObject({
      statusCode: 404,
      code: 'PathNotFound',
    });
    expect((await files.getFileClient('del/a/b').deleteIfExists()).succeeded).toBe(false);
  });
});

describe('leases', () => {
  test('keep writers without the lease out until released or broken', async () => {
    await put('leased', 'x');
    const file = files.getFileClient('leased');
    const holder = file.getDataLakeLeaseClient();
    await holder.acquireLease(-1);
    await expect(file.getDataLakeLeaseClient().acquireLease(15)).rejects.toMatchObject({
      statusCode: 409,
      code: 'LeaseAlreadyPresent',
    });
    await expect(file.delete()).rejects.toMatchObject({ statusCode: 412, code: 'LeaseIdMissing' });
    await file.append('y', 1, 1, { conditions: { leaseId: holder.leaseId } });
    await file.flush(2, { conditions: { leaseId: holder.leaseId } });
    expect((await file.getProperties()).leaseState).toBe('leased');
    await holder.releaseLease();
    await file.delete();
  });
});

describe('access control', () => {
  test('keeps what was set', async () => {
    await put('acl', 'x');
    await files.getFileClient('acl').setPermissions({
      owner: { read: true, write: true, execute: false },
      group: { read: true, write: false, execute: false },
      other: { read: false, write: false, execute: false },
      stickyBit: false,
      extendedAcls: false,
    });
    expect((await files.getFileClient('acl').getAccessControl()).permissions).toMatchObject({
      owner: { write: true },
      other: { read: false },
    });
  });
});

describe('the door', () => {
  const raw = async (path: string, token = true) => {
    const bearer = await known.of('app').getToken('https://storage.azure.com/.default');
    return new Promise<{ status: number; body: string }>((resolve, reject) => {
      const { port } = new URL(url);
      const sent = request(
        { host: '127.0.0.1', port, path, headers: token ? { authorization: `Bearer ${bearer?.token}` } : {} },
        (answer) => {
          let body = '';
          answer.on('data', (chunk) => {
            body += chunk;
          });
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
        },
      );
      sent.on('error', reject);
      sent.end();
    });
  };

  test('stays shut without a token and with a token for another service', async () => {
    expect((await raw('/tidemarklake/bronze/once.csv', false)).status).toBe(401);
    const wrong = await known.of('app').getToken('https://vault.azure.net/.default');
    const answer = await fetch(`${url}/tidemarklake/bronze/once.csv`, {
      headers: { authorization: `Bearer ${wrong?.token}` },
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'application/xml']);
  });

  test.each([
    '/tidemarklake/bronze/../../vault/secret',
    '/tidemarklake/bronze/%2e%2e/%2e%2e/vault/secret',
    '/tidemarklake/bronze/..%2f..%2fvault%2fsecret',
    '/tidemarklake/bronze/a%00b',
    '/tidemarklake/bronze/..%5c..%5cvault',
  ])('refuses %s', async (path) => {
    await mkdir(join(state.directory, 'vault'), { recursive: true });
    await writeFile(join(state.directory, 'vault/secret'), 'top secret');
    const { status, body } = await raw(path);
    expect(status).toBe(400);
    expect(body).not.toContain('top secret');
  });

  test('does not follow links out of a container', async () => {
    await symlink(join(state.directory, 'vault'), disk('escape'));
    await symlink(join(state.directory, 'vault/secret'), disk('leak'));
    expect((await raw('/tidemarklake/bronze/escape/secret')).status).toBe(400);
    expect((await raw('/tidemarklake/bronze/leak')).status).toBe(404);
    await Promise.all([rm(disk('escape')), rm(disk('leak'))]);
  });

  test('names a call that it does not imitate', async () => {
    const { status, body } = await raw('/tidemarklake/bronze/once.csv?comp=blocklist');
    expect([status, body]).toEqual([501, expect.stringContaining('GET path blocklist')]);
  });
});
