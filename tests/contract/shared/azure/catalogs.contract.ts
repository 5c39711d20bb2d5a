import { expect, test } from 'vitest';
import { Catalog } from '../../../../shared/contracts/catalog';
import type { Catalogs } from '../../../../shared/ports/catalogs';

const content = (shop: string, columns = 1): Omit<Catalog, 'version'> => {
  const { version: _, ...rest } = Catalog.parse({
    version: '1',
    shop,
    connections: [],
    sources: [{ kind: 'blob', name: 'drops', table: 'items', folder: 'drops', pattern: '*.csv' }],
    tables: [
      {
        name: 'items',
        key: ['c0'],
        columns: Array.from({ length: columns }, (_, at) => ({ name: `c${at}`, type: 'text', pii: 'none' })),
      },
    ],
    datasets: [],
    schedules: [],
    alerts: { to: ['data@example.org'] },
    limits: {},
  });
  return rest;
};

/** What every store of catalogs promises; each test gets an empty one. */
export function catalogsContract(make: () => Promise<Catalogs>): void {
  test('nothing is current before the first is published', async () => {
    const catalogs = await make();
    expect(await catalogs.current()).toBeNull();
    expect(await catalogs.get('1')).toBeNull();
  });

  test('each new content is a new version, and old ones stay', async () => {
    const catalogs = await make();
    for (let shop = 1; shop <= 11; shop += 1) {
      expect(await catalogs.publish(content(`shop${shop}`), 'ann')).toMatchObject({ version: String(shop) });
    }
    expect(await catalogs.current()).toMatchObject({ version: '11', shop: 'shop11' });
    expect(await catalogs.get('9')).toEqual({ ...content('shop9'), version: '9' });
  });

  test('the same content again is no new version', async () => {
    const catalogs = await make();
    const first = await catalogs.publish(content('shop'), 'ann');
    expect(await catalogs.publish(content('shop'), 'bob')).toEqual(first);
    expect(await catalogs.get('2')).toBeNull();
  });

  test('two who publish at once get two versions', async () => {
    const catalogs = await make();
    const both = await Promise.all(['one', 'two'].map((shop) => catalogs.publish(content(shop), 'ann')));
    expect(both.map(({ version }) => version).sort()).toEqual(['1', '2']);
  });

  test('a catalog of 2,000 columns comes back whole', async () => {
    const catalogs = await make();
    const big = content('big', 2000);
    expect(JSON.stringify(big).length).toBeGreaterThan(64_000);
    await catalogs.publish(big, 'ann');
    expect(await catalogs.current()).toEqual({ ...big, version: '1' });
  });

  test('a tick is served once, and never an earlier one', async () => {
    const catalogs = await make();
    const [early, late] = ['2026-11-22T18:15:00Z', '2026-11-22T18:15:00.500Z'];
    expect(await catalogs.servedTick('hourly')).toBeNull();
    expect(await catalogs.serveTick('hourly', early)).toBe(true);
    expect(await catalogs.serveTick('hourly', early)).toBe(false);
    expect(await catalogs.serveTick('hourly', late)).toBe(true);
    expect(await catalogs.serveTick('hourly', early)).toBe(false);
    expect(await catalogs.servedTick('hourly')).toBe(late);
    expect(await catalogs.servedTick('daily')).toBeNull();
  });

  test('of many that serve a tick at once exactly one does', async () => {
    const catalogs = await make();
    const served = await Promise.all(Array.from({ length: 6 }, () => catalogs.serveTick('h', '2026-11-22T18:15:00Z')));
    expect(served.filter(Boolean)).toHaveLength(1);
  });
}
