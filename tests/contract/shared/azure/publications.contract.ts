import { expect, test } from 'vitest';
import type { Publication, Publications } from '../../../../shared/ports/publications';

const form = (dataset: string, rows: string, serial = '9'): Publication => ({
  dataset,
  serial,
  run: '20261122T181500-0a1b2c3d',
  rows,
  published: `${dataset}/run=1/part.parquet`,
  exported: `${dataset}.csv`,
  at: '2026-11-22T18:15:00.000Z',
  inputs: { users: '3' },
});

/** What every store of publications promises; each test gets an empty one. */
export function publicationsContract(make: () => Promise<Publications>): void {
  test('the last form that was put is the current one, for each dataset by itself', async () => {
    const publications = await make();
    expect(await publications.get('buyers')).toBeNull();
    await publications.put(form('buyers', '1'));
    await publications.put(form('sellers', '2'));
    await publications.put(form('buyers', '3'));
    expect(await publications.get('buyers')).toEqual(form('buyers', '3'));
    expect(await publications.get('sellers')).toEqual(form('sellers', '2'));
  });

  test('an older form takes the place of no newer one, and is told which one is current', async () => {
    const publications = await make();
    expect(await publications.put(form('buyers', '1', '9'))).toEqual(form('buyers', '1', '9'));
    expect(await publications.put(form('buyers', '2', '10'))).toEqual(form('buyers', '2', '10'));
    expect(await publications.put(form('buyers', '1', '9'))).toEqual(form('buyers', '2', '10'));
    expect(await publications.get('buyers')).toEqual(form('buyers', '2', '10'));
  });

  test('of many forms that are put at once the newest is current', async () => {
    const publications = await make();
    const serials = ['3', '12', '9007199254740993', '9007199254740992', '5'];
    await Promise.all(serials.map((serial) => publications.put(form('buyers', serial, serial))));
    expect(await publications.get('buyers')).toEqual(form('buyers', '9007199254740993', '9007199254740993'));
  });
}
