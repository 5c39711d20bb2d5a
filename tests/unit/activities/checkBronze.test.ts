import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkBronze } from '../../../activities/bronze/checkBronze';
import { landWindow } from '../../../activities/source/landWindow';
import type { BronzeCheck } from '../../../shared/contracts/bronze';
import { Manifest, type Window } from '../../../shared/contracts/window';
import { NO_ROWS } from '../../../shared/windows/account';
import { attemptFolder, manifestPath } from '../../../shared/windows/paths';
import { fakePorts } from '../../fakes/ports';
import { aTask, surroundings } from '../../support/activities';
import { parquetOf } from '../../support/parquet';
import { shopCatalog } from '../../support/shop';
import { aWindow } from '../../support/windows';

const { version: _, ...content } = shopCatalog();
const columns = shopCatalog().tables[0]?.columns.map(({ name }) => ({ name, type: 'text' })) ?? [];
const task = aTask();
const live = { source: 'users', holder: task.run, fence: '1' };
const fileOf = (window: Window) => `${attemptFolder(window)}/part-0.parquet`;

let ports: ReturnType<typeof fakePorts>;

beforeEach(async () => {
  ports = fakePorts();
  await ports.catalogs.publish(content, 'test');
  await ports.ledger.acquire('users', task.run, 300);
});

/** A window of so many rows comes through, of which silver says that it took in `merged`. */
async function through(number: string, rows: number, rest: Partial<Window> = {}, merged = rows): Promise<Window> {
  const planned = aWindow({ number, run: task.run, catalog: '1', ...rest });
  const shelf = rest.lane === undefined ? 'users' : `users~${rest.lane}`;
  const held = await ports.ledger.acquire(shelf, task.run, 300);
  if (held.kind !== 'held') throw new Error('the lease is taken');
  const work = { task, lease: held.lease, window: await ports.ledger.plan(held.lease, planned) };
  await ports.lake.put('bronze', fileOf(planned), await parquetOf(rows));
  const copied = {
    kind: 'copied' as const,
    upper: null,
    account: { counted: null, read: String(rows), landed: String(rows), rejected: '0' },
    reading: null,
    columns,
    sometimes: [],
    logs: [],
  };
  const { window } = (await landWindow.handler(ports, surroundings)({ ...work, copied })) as { window: Window };
  const outcome = { ...NO_ROWS, merged: String(merged), inserted: String(merged) };
  await ports.ledger.commit(
    held.lease,
    await ports.ledger.advance(held.lease, { ...window, state: 'applied', outcome }),
  );
  return window;
}

const check = async () => (await checkBronze.handler(ports, surroundings)({ task, lease: live })) as BronzeCheck;
const sound = { unread: '0', broken: '0', faults: [] };

describe('checkBronze', () => {
  test('counts what landed and what silver took in, of live windows and of lanes', async () => {
    await through('1', 5);
    await through('2', 0);
    await through('1', 2, { lane: `${task.run}-0001` });
    expect(await check()).toEqual({ windows: '3', files: '3', landed: '7', taken: '7', ...sound });
  });

  test('names a file that is gone, with the rows and the SHA-256 that it landed with', async () => {
    await through('1', 5);
    const lost = await through('2', 3);
    await ports.lake.remove('bronze', fileOf(lost));
    const { broken, faults } = await check();
    const fault = expect.stringMatching(/^is gone; it landed with 3 rows in \d+ bytes, SHA-256 [0-9a-f]{64}$/);
    expect({ broken, faults }).toEqual({ broken: '1', faults: [{ window: '2', file: fileOf(lost), fault }] });
  });

  test('names a file that was written over, though it has as many rows and bytes', async () => {
    const altered = await through('1', 5);
    const bytes = Buffer.from(await parquetOf(5));
    bytes.writeUInt8(bytes.readUInt8(4) ^ 1, 4);
    await ports.lake.put('bronze', fileOf(altered), bytes);
    const size = `5 rows in ${bytes.length} bytes`;
    const fault = expect.stringMatching(`^holds ${size}, SHA-256 \\w+; it landed with ${size}, SHA-256 \\w+$`);
    expect((await check()).faults).toEqual([{ window: '1', file: fileOf(altered), fault }]);
  });

  test('names a file that was cut short, which is no Parquet any more', async () => {
    const cut = await through('1', 5);
    await ports.lake.put('bronze', fileOf(cut), (await parquetOf(5)).slice(0, 100));
    expect((await check()).faults).toMatchObject([{ fault: expect.stringMatching(/^holds no Parquet in 100 bytes/) }]);
  });

  test('is content with a file that was brought back as it was', async () => {
    const window = await through('1', 5);
    const bytes = await ports.lake.read('bronze', fileOf(window));
    await ports.lake.remove('bronze', fileOf(window));
    await ports.lake.put('bronze', fileOf(window), bytes ?? Buffer.of());
    expect(await check()).toMatchObject(sound);
  });

  test('is content with a file that an erasure has shortened', async () => {
    const shortened = await through('1', 5);
    const bytes = Buffer.from(await parquetOf(4));
    const path = `${attemptFolder(shortened)}/kept.parquet`;
    await ports.lake.put('bronze', path, bytes);
    const text = Buffer.from((await ports.lake.read('bronze', manifestPath(shortened))) ?? []).toString();
    const { rows, files, ...rest } = Manifest.parse(JSON.parse(text));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const left = { ...files[0], path, rows: '4', bytes: String(bytes.length), etag: '', sha256 };
    const manifest = { ...rest, rows: { ...rows, landed: '4', erased: '1' }, files: [left] };
    await ports.lake.put('bronze', manifestPath(shortened), Buffer.from(JSON.stringify(manifest)));
    expect(await check()).toEqual({ windows: '1', files: '1', landed: '5', taken: '5', ...sound });
  });

  test('names a manifest that is gone, or says other rows than its files or silver', async () => {
    const gone = await through('1', 5);
    await ports.lake.remove('bronze', manifestPath(gone));
    const less = await through('2', 5, {}, 4);
    expect((await check()).faults).toMatchObject([
      { window: '1', file: manifestPath(gone), fault: expect.stringContaining('silver took in 5 rows by it') },
      { window: '2', file: manifestPath(less), fault: 'says 5 rows landed, and silver took in 4' },
    ]);
  });

  test('holds nothing against a window that is not committed', async () => {
    await through('1', 5);
    await ports.ledger.plan(live, aWindow({ number: '2', run: task.run, catalog: '1' }));
    expect(await check()).toMatchObject({ windows: '1', ...sound });
  });
});
