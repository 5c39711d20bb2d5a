import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { ConflictError, ProblemError } from '../../../../shared/errors';
import type { Lake } from '../../../../shared/ports/lake';

/** A lake with the means to write a file over another, as senders do. */
export interface WritableLake extends Lake {
  put(container: string, path: string, body: Uint8Array): Promise<void>;
}

const text = (bytes: Uint8Array | null): string | null => bytes && Buffer.from(bytes).toString('utf8');
let nth = 0;

/** What every lake promises, in the containers `landing` and `bronze`; each test works below a folder of its own. */
export function lakeContract(make: () => Promise<WritableLake>): void {
  const scene = async () => ({ lake: await make(), folder: `f${nth++}` });

  test('a file that is not there is null to all who read it whole', async () => {
    const { lake, folder } = await scene();
    expect(await lake.read('bronze', `${folder}/a`)).toBeNull();
    expect(await lake.stream('bronze', `${folder}/a`)).toBeNull();
    const place = { container: 'bronze', path: `${folder}/a` };
    expect(await lake.keep(place, 'bronze', (sha256) => sha256, '')).toBeNull();
    await expect(lake.range('bronze', `${folder}/a`, 0, 1)).rejects.toBeInstanceOf(ProblemError);
  });

  test('files below a folder are listed with their sizes, however deep, and no others', async () => {
    const { lake, folder } = await scene();
    await lake.put('bronze', `${folder}/b/window=1/part 1.parquet`, Buffer.from('12345'));
    await lake.put('bronze', `${folder}/b/empty`, Buffer.alloc(0));
    await lake.put('bronze', `${folder}/bc`, Buffer.from('x'));
    const files = await lake.list('bronze', `${folder}/b`);
    expect(files.map(({ path, bytes }) => [path, bytes]).sort()).toEqual([
      [`${folder}/b/empty`, '0'],
      [`${folder}/b/window=1/part 1.parquet`, '5'],
    ]);
    expect(await lake.list('bronze', `${folder}/b/`)).toHaveLength(2);
    expect(await lake.list('bronze', `${folder}/nowhere`)).toEqual([]);
  });

  test('a listed file has an instant, and another version another ETag', async () => {
    const { lake, folder } = await scene();
    await lake.put('bronze', `${folder}/a`, Buffer.from('1'));
    const [first] = await lake.list('bronze', folder);
    await lake.put('bronze', `${folder}/a`, Buffer.from('2'));
    const [second] = await lake.list('bronze', folder);
    expect(first?.modified).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(first?.etag).toMatch(/^[^"]+$/);
    expect(second?.etag).not.toBe(first?.etag);
  });

  test('a piece has the bytes from the first to before the last, and ends with the file', async () => {
    const { lake, folder } = await scene();
    await lake.put('bronze', `${folder}/a`, Buffer.from('0123456789'));
    const piece = async (from: number, to: number) => text(await lake.range('bronze', `${folder}/a`, from, to));
    expect(await Promise.all([piece(2, 5), piece(8, 99), piece(10, 12), piece(4, 4)])).toEqual(['234', '89', '', '']);
  });

  test('a file is read whole and as a stream', async () => {
    const { lake, folder } = await scene();
    const body = Buffer.alloc(300_000, 'tidemark é');
    await lake.put('bronze', `${folder}/a`, body);
    expect(Buffer.compare(Buffer.from((await lake.read('bronze', `${folder}/a`)) ?? []), body)).toBe(0);
    const hash = createHash('sha256');
    for await (const piece of (await lake.stream('bronze', `${folder}/a`)) ?? []) hash.update(piece);
    expect(hash.digest('hex')).toBe(createHash('sha256').update(body).digest('hex'));
  });

  test('a file is kept where its content says, once, whatever becomes of it at its first place', async () => {
    const { lake, folder } = await scene();
    const from = { container: 'landing', path: `${folder}/in/a b.csv` };
    const body = Buffer.alloc(9_000_000, 'tidemark é');
    const sha256 = createHash('sha256').update(body).digest('hex');
    const keep = () => lake.keep(from, 'bronze', (hash) => `${folder}/kept/${hash}/a b.csv`, '');
    await lake.put('landing', from.path, body);
    expect([await keep(), await keep()]).toEqual(Array(2).fill({ sha256, bytes: '9000000' }));
    await lake.put('landing', from.path, Buffer.from('other'));
    await lake.put('landing', `${folder}/in/empty`, Buffer.alloc(0));
    expect((await lake.list('bronze', folder)).map(({ path }) => path)).toEqual([`${folder}/kept/${sha256}/a b.csv`]);
    expect(
      Buffer.compare(Buffer.from((await lake.read('bronze', `${folder}/kept/${sha256}/a b.csv`)) ?? []), body),
    ).toBe(0);
    const empty = { container: 'landing', path: `${folder}/in/empty` };
    expect(await lake.keep(empty, 'bronze', () => `${folder}/kept/empty`, '')).toMatchObject({ bytes: '0' });
    expect(await lake.read('bronze', `${folder}/kept/empty`)).toHaveLength(0);
  });

  test('a version that was replaced is not kept in the place of the one that is meant', async () => {
    const { lake, folder } = await scene();
    const path = `${folder}/a.csv`;
    await lake.put('landing', path, Buffer.from('one'));
    const [seen] = await lake.list('landing', folder);
    await lake.put('landing', path, Buffer.from('two'));
    const keep = (etag: string) =>
      lake.keep({ container: 'landing', path }, 'bronze', (hash) => `${folder}/${hash}`, etag);
    expect(await keep(seen?.etag ?? '')).toBeNull();
    const [now] = await lake.list('landing', folder);
    expect(await keep(now?.etag ?? '')).toMatchObject({ bytes: '3' });
  });

  test('an empty file is there and has no bytes', async () => {
    const { lake, folder } = await scene();
    await lake.putOnce('bronze', `${folder}/empty`, new Uint8Array());
    expect(text(await lake.read('bronze', `${folder}/empty`))).toBe('');
  });

  test('a file is put once: the same bytes again are there already, others are refused', async () => {
    const { lake, folder } = await scene();
    const path = `${folder}/manifest.json`;
    expect(await lake.putOnce('bronze', path, Buffer.from('one'))).toBe('created');
    expect(await lake.putOnce('bronze', path, Buffer.from('one'))).toBe('exists');
    await expect(lake.putOnce('bronze', path, Buffer.from('two'))).rejects.toBeInstanceOf(ConflictError);
    expect(text(await lake.read('bronze', path))).toBe('one');
    expect((await lake.list('bronze', folder)).map((file) => file.path)).toEqual([path]);
  });

  test.each(['a b.json', 'é ü.json', '100%.json', 'a%20b.json', 'what?.json', 'a#b.json', 'a+b&c=d.json'])(
    'a file is put under the very name %s',
    async (name) => {
      const { lake, folder } = await scene();
      expect(await lake.putOnce('bronze', `${folder}/x=1/${name}`, Buffer.from('x'))).toBe('created');
      expect((await lake.list('bronze', folder)).map(({ path }) => path)).toEqual([`${folder}/x=1/${name}`]);
      expect(text(await lake.read('bronze', `${folder}/x=1/${name}`))).toBe('x');
    },
  );

  test('of many that put different bytes at once exactly one comes through', async () => {
    const { lake, folder } = await scene();
    const puts = await Promise.allSettled(
      ['1', '2', '3', '4'].map((body) => lake.putOnce('bronze', `${folder}/race`, Buffer.from(body))),
    );
    const won = puts.flatMap((put, at) => (put.status === 'fulfilled' ? [String(at + 1)] : []));
    expect(won).toHaveLength(1);
    expect(text(await lake.read('bronze', `${folder}/race`))).toBe(won[0]);
    for (const put of puts) if (put.status === 'rejected') expect(put.reason).toBeInstanceOf(ConflictError);
  });

  const moved = async ({ lake, folder }: { lake: WritableLake; folder: string }, name: string, mark: string) => {
    const from = `${folder}/new ${name}`;
    const place = `${folder}/places/a b.csv`;
    await lake.put('bronze', from, Buffer.from(name));
    const there = await lake.marked('bronze', place);
    const move = () => lake.move('bronze', from, place, mark, there?.etag ?? null);
    return { from, place, move };
  };

  test('a file is moved with its mark to where nothing lies, and then over the version that is meant', async () => {
    const at = await scene();
    const { lake } = at;
    const first = await moved(at, 'one', '7');
    expect(await lake.marked('bronze', first.from)).toMatchObject({ mark: null });
    expect([await first.move(), await lake.marked('bronze', first.from)]).toEqual([true, null]);
    const second = await moved(at, 'two', '8');
    expect([await second.move(), await second.move()]).toEqual([true, false]);
    expect(text(await lake.read('bronze', second.place))).toBe('two');
    const found = await lake.marked('bronze', second.place);
    expect(found).toEqual({ etag: expect.stringMatching(/^[^"]+$/), mark: '8' });
    expect(found?.etag).toBe((await lake.list('bronze', `${at.folder}/places`))[0]?.etag);
  });

  test('a file is moved neither over another version than is meant, nor over one where none is, nor the other way', async () => {
    const at = await scene();
    const { lake } = at;
    const [first, late] = [await moved(at, 'one', '1'), await moved(at, 'late', '1')];
    await first.move();
    expect(await late.move()).toBe(false);
    const [second, behind] = [await moved(at, 'two', '2'), await moved(at, 'behind', '2')];
    await second.move();
    expect(await behind.move()).toBe(false);
    const third = await moved(at, 'three', '3');
    await lake.remove('bronze', third.place);
    expect(await third.move()).toBe(false);
    expect(await lake.marked('bronze', third.place)).toBeNull();
    expect(text(await lake.read('bronze', behind.from))).toBe('behind');
  });

  test('of many that move over one version at once exactly one comes through', async () => {
    const at = await scene();
    await (await moved(at, 'first', '0')).move();
    const names = ['1', '2', '3', '4'];
    const each = await Promise.all(names.map((name) => moved(at, name, name)));
    const won = (await Promise.all(each.map(({ move }) => move()))).flatMap((done, nth) => (done ? [names[nth]] : []));
    expect(won).toHaveLength(1);
    const place = each[0]?.place ?? '';
    expect([text(await at.lake.read('bronze', place)), (await at.lake.marked('bronze', place))?.mark]).toEqual([
      won[0],
      won[0],
    ]);
  });

  test('a file that is written over has lost its mark', async () => {
    const at = await scene();
    const { place, move } = await moved(at, 'one', '7');
    await move();
    await at.lake.put('bronze', place, Buffer.from('other'));
    expect(await at.lake.marked('bronze', place)).toMatchObject({ mark: null });
  });

  test('a removed file is gone, alone, and may be removed again', async () => {
    const { lake, folder } = await scene();
    for (const name of ['a b?.json', 'b']) await lake.put('bronze', `${folder}/${name}`, Buffer.from('x'));
    await lake.remove('bronze', `${folder}/a b?.json`);
    await lake.remove('bronze', `${folder}/a b?.json`);
    expect((await lake.list('bronze', folder)).map(({ path }) => path)).toEqual([`${folder}/b`]);
  });
}
