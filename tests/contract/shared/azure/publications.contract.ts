import { expect, test } from 'vitest';
import type { Publication, Publications } from '../../../../shared/ports/publications';

const form = (dataset: string, rows: string): Publication => ({
  dataset,
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
}
