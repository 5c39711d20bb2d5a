import { expect, test } from 'vitest';
import type { SeenFile } from '../../../../shared/contracts/files';
import type { Files } from '../../../../shared/ports/files';

const version = (name: string, rest: Partial<SeenFile> = {}): SeenFile => ({
  source: 's',
  name,
  bytes: '3',
  modified: '2026-01-01T00:00:00Z',
  etag: '0x1',
  sha256: null,
  kept: null,
  outcome: 'waiting',
  reason: '',
  announced: false,
  first: '2026-01-01T00:00:00.000Z',
  last: '2026-01-01T00:00:00.000Z',
  ...rest,
});
const read = (name: string, letter: string, rest: Partial<SeenFile> = {}) =>
  version(name, { sha256: letter.repeat(64), outcome: 'admitted', kept: `_raw/s/${letter}/${name}`, ...rest });

/** What every record of files promises; each test gets an empty one. */
export function filesContract(make: () => Promise<Files>): void {
  test('a file that was read takes the place of the looks at its name, and of no other', async () => {
    const files = await make();
    await files.put([version('a.csv'), version('b.csv')]);
    await files.put([version('a.csv', { bytes: '4' })]);
    await files.put([read('a.csv', 'a')]);
    const seen = await files.of('s');
    expect(seen.map(({ name, sha256 }) => [name, sha256?.slice(0, 1) ?? null])).toEqual([
      ['a.csv', 'a'],
      ['b.csv', null],
    ]);
  });

  test('versions of one name stay side by side, a word on the same content replaces the earlier one', async () => {
    const files = await make();
    await files.put([read('a.csv', 'a'), read('a.csv', 'b', { last: '2026-01-02T00:00:00.000Z' })]);
    await files.put([read('a.csv', 'a', { outcome: 'refused', reason: 'no' })]);
    const seen = await files.of('s');
    expect(seen.map(({ sha256, outcome }) => [sha256?.slice(0, 1), outcome])).toEqual([
      ['b', 'admitted'],
      ['a', 'refused'],
    ]);
  });

  test('a source has its own record, and a name may hold anything', async () => {
    const files = await make();
    const wild = `../${'é😀\u202e\n/\\#?%'.repeat(400)}`;
    await files.put([version(wild), version('a.csv', { source: 'other' })]);
    expect((await files.of('s')).map(({ name }) => name)).toEqual([wild]);
    expect(await files.of('nobody')).toEqual([]);
  });

  test('many looks are written at once', async () => {
    const files = await make();
    await files.put(Array.from({ length: 250 }, (_, at) => version(`${at}.csv`)));
    expect(await files.of('s')).toHaveLength(250);
  });
}
