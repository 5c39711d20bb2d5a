import { expect, test } from 'vitest';
import { datasetAges, sourceFreshness } from '../../../functions/freshness';
import { watchFreshness } from '../../../functions/triggers/watchFreshness';
import { sourceOf } from '../../../shared/catalog/lookup';
import { fakePorts } from '../../fakes/ports';
import { shopCatalog } from '../../support/shop';
import { aWindow } from '../../support/windows';

const RUN = '20260101T000000-0000abcd';

/** The shop on a clock that only a test moves: its users may be 6 hours old, what is made of them 26. */
async function scene() {
  let hours = 0;
  const ports = fakePorts(() => new Date(Date.UTC(2026, 0, 1) + hours * 3_600_000));
  const { version: _, ...content } = shopCatalog();
  const sources = content.sources.map((one) => (one.name === 'users' ? { ...one, freshnessHours: 6 } : one));
  const catalog = await ports.catalogs.publish({ ...content, sources }, 'test');
  const users = sourceOf(catalog, 'users');
  const datasetAge = async () => (await datasetAges(ports, catalog))[0]?.freshness;
  let number = 0;
  const read = async () => {
    number += 1;
    const lease = { source: 'users', holder: RUN, fence: '1' };
    await ports.ledger.acquire('users', RUN, 1000);
    const account = { counted: null, read: '5', landed: '5', rejected: '0' };
    const window = aWindow({ run: RUN, number: String(number), account, manifest: 'm' });
    await ports.ledger.plan(lease, { ...window, state: 'planned' });
    await ports.ledger.commit(lease, await ports.ledger.advance(lease, { ...window, state: 'landed' }));
  };
  const publish = async () => {
    const form = { run: RUN, serial: '1', rows: '5', published: 'p', exported: 'e', at: ports.now().toISOString() };
    for (const { name } of catalog.datasets) {
      await ports.publications.put({ ...form, dataset: name, inputs: { users: String(number) } });
    }
  };
  const after = async (more: number) => {
    hours += more;
    await watchFreshness({ ports, publicUrl: 'https://tidemark.example' }, catalog);
  };
  const mails = async () => (await ports.outbox.list(10)).map(({ letter }) => letter.subject);
  const links = async () =>
    (await ports.outbox.list(10)).map(({ letter }) => /https:\/\/tidemark\.example\/#\/\w+/.exec(letter.text)?.[0]);
  return { ports, catalog, users, datasetAge, read, publish, after, mails, links };
}

test('a source that is late is told once, and is fresh again when it is read', async () => {
  const { ports, users, read, publish, after, mails, links } = await scene();
  await read();
  await publish();
  await after(6);
  expect(await mails()).toEqual([]);
  for (let looks = 0; looks < 5; looks += 1) await after(0.25);
  expect(await mails()).toEqual(['Tidemark is late: users']);
  expect(await links(), 'to where sources are').toEqual(['https://tidemark.example/#/sources']);
  expect(await sourceFreshness(ports, users)).toMatchObject({ late: true, limitHours: 6 });
  await read();
  expect(await sourceFreshness(ports, users)).toMatchObject({ late: false });
  await after(7);
  expect(await mails(), 'late once more').toHaveLength(2);
});

test('all datasets that wait for the same window are one mail', async () => {
  const { catalog, datasetAge, read, publish, after, mails } = await scene();
  await read();
  await publish();
  await read();
  for (let hours = 0; hours < 30; hours += 5) {
    await after(5);
    await read();
  }
  expect(await mails()).toEqual([`Tidemark is late: ${catalog.datasets.map(({ name }) => name).join(', ')}`]);
  expect(await datasetAge()).toMatchObject({
    late: true,
    asOf: '2026-01-01T00:00:00.000Z',
  });
  await publish();
  expect(await datasetAge()).toMatchObject({ late: false });
});

test('what was never there is not late', async () => {
  const { ports, users, datasetAge, after, mails } = await scene();
  await after(1000);
  expect(await mails()).toEqual([]);
  expect(await sourceFreshness(ports, users)).toEqual({ asOf: null, limitHours: 6, late: false });
  expect(await datasetAge()).toMatchObject({ asOf: null, late: false });
});

test('each form and each source is read once, however many datasets a source feeds', async () => {
  const { ports, catalog, read, publish } = await scene();
  await read();
  await publish();
  const asked: string[] = [];
  const told =
    <R>(what: string, ask: (of: string, limit: number) => R) =>
    (of: string, limit = 0): R => {
      asked.push(`${what} ${of}`);
      return ask(of, limit);
    };
  const { ledger, publications } = ports;
  const counted = {
    ...ports,
    publications: { ...publications, get: told('form', publications.get) },
    ledger: { ...ledger, windows: told('windows', ledger.windows), watermark: told('watermark', ledger.watermark) },
  };
  expect(await datasetAges(counted, catalog)).toHaveLength(catalog.datasets.length);
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked).toContain('windows users');
});
