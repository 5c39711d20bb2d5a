import { beforeEach, describe, expect, test } from 'vitest';
import { landWindow } from '../../../activities/source/landWindow';
import { planWindow } from '../../../activities/source/planWindow';
import type { Copied, SourceTask } from '../../../shared/contracts/steps';
import { Manifest, type Window } from '../../../shared/contracts/window';
import { attemptFolder, manifestPath } from '../../../shared/windows/paths';
import { fakePorts } from '../../fakes/ports';
import { aTask, surroundings } from '../../support/activities';
import { parquetOf } from '../../support/parquet';
import { shopCatalog } from '../../support/shop';

const { version: _, ...content } = shopCatalog();
const columns = shopCatalog().tables[0]?.columns.map(({ name }) => ({ name, type: 'text' })) ?? [];
const task = aTask();
const copiedRows = (rows: string): Copied => ({
  kind: 'copied',
  upper: '2026-01-01 00:00:00.000000',
  account: { counted: rows, read: rows, landed: rows, rejected: '0' },
  reading: null,
  columns,
  sometimes: [],
  logs: [],
});

let ports: ReturnType<typeof fakePorts>;
let work: { task: SourceTask; lease: { source: string; holder: string; fence: string }; window: Window };

beforeEach(async () => {
  ports = fakePorts(() => new Date('2026-01-01T00:00:10Z'));
  await ports.catalogs.publish(content, 'test');
  const held = await ports.ledger.acquire('users', task.run, 300);
  if (held.kind !== 'held') throw new Error('the lease is taken');
  const planned = (await planWindow.handler(ports, surroundings)({ task, lease: held.lease, files: [] })) as {
    window: Window;
  };
  work = { task, lease: held.lease, window: planned.window };
});

const put = async (window: Window, rows: number) =>
  ports.lake.put('bronze', `${attemptFolder(window)}/part-0.parquet`, await parquetOf(rows));
const land = (copied: Copied, window = work.window) =>
  landWindow.handler(ports, surroundings)({ ...work, window, copied });
const manifest = async () => {
  const bytes = await ports.lake.read('bronze', manifestPath(work.window));
  return bytes ? Manifest.parse(JSON.parse(Buffer.from(bytes).toString())) : null;
};

describe('landWindow', () => {
  test('puts a manifest with the rows that the files hold, and the ledger follows', async () => {
    await put(work.window, 5);
    expect(await land(copiedRows('5'))).toMatchObject({
      kind: 'landed',
      window: { state: 'landed', upper: '2026-01-01 00:00:00.000000' },
    });
    expect(await manifest()).toMatchObject({
      rows: { landed: '5' },
      files: [{ rows: '5', path: 'users/window=1/attempt=1/part-0.parquet' }],
    });
    expect(await ports.ledger.open('users')).toMatchObject({ state: 'landed', manifest: manifestPath(work.window) });
  });

  test('keeps the lease alive while it reads what was copied', async () => {
    let renewals = 0;
    const { renew } = ports.ledger;
    ports.ledger.renew = async (...wanted) => {
      renewals += 1;
      return renew(...wanted);
    };
    for (let part = 0; part < 21; part += 1)
      await ports.lake.put('bronze', `${attemptFolder(work.window)}/part-${part}.parquet`, await parquetOf(1));
    await land(copiedRows('21'));
    expect([renewals, (await manifest())?.files.length]).toEqual([2, 21]);
  });

  test('lands nothing when the files hold fewer rows than the copy claims', async () => {
    await put(work.window, 4);
    await expect(land(copiedRows('5'))).rejects.toThrow(/ROWS_UNBALANCED.*5 rows landed, but its files hold 4/);
    expect(await manifest()).toBeNull();
    expect(await ports.ledger.open('users')).toMatchObject({ state: 'planned' });
  });

  test('does the same when it is called again', async () => {
    await put(work.window, 5);
    const first = await land(copiedRows('5'));
    expect(await land(copiedRows('5'))).toEqual(first);
  });

  test('follows the manifest of an earlier attempt that the ledger never heard of', async () => {
    await put(work.window, 5);
    await land(copiedRows('5'));
    const before = await manifest();
    const again = { ...work.window, attempt: '2' };
    await put(again, 7);
    expect(await land({ ...copiedRows('7'), upper: '2027-01-01 00:00:00.000000' }, again)).toMatchObject({
      kind: 'landed',
      window: { attempt: '1', upper: '2026-01-01 00:00:00.000000', account: { landed: '5' } },
    });
    expect(await manifest()).toEqual(before);
  });

  test('follows the manifest of an earlier attempt that an erasure has shortened: all that landed is accounted for', async () => {
    await put(work.window, 5);
    const cut = async () => Promise.reject(new Error('the host died'));
    const dying = { ...ports, ledger: { ...ports.ledger, advance: cut } };
    const first = landWindow.handler(dying, surroundings)({ ...work, copied: copiedRows('5') });
    await expect(first).rejects.toThrow('the host died');
    const before = await manifest();
    const shortened = { ...before, rows: { ...before?.rows, landed: '4', erased: '1' }, replaces: 'f'.repeat(64) };
    await ports.lake.put('bronze', manifestPath(work.window), Buffer.from(JSON.stringify(shortened)));
    const again = { ...work.window, attempt: '2' };
    await put(again, 5);
    const landed = await land(copiedRows('5'), again);
    expect(landed).toMatchObject({ kind: 'landed', window: { attempt: '1', account: { read: '5', landed: '5' } } });
    expect(await ports.ledger.open('users')).toMatchObject({ state: 'landed', account: { landed: '5' } });
  });

  test('parks a window whose source lost a declared column, with its name, and reads none of it', async () => {
    await put(work.window, 5);
    const copied = { ...copiedRows('5'), columns: columns.filter(({ name }) => name !== 'gender') };
    expect(await land(copied)).toMatchObject({
      kind: 'parked',
      window: { problem: { code: 'SCHEMA_REMOVED', why: expect.stringContaining('gender') } },
    });
    expect(await manifest()).toBeNull();
  });

  test('parks a window whose source has another type than when the last one landed, and keeps what it met', async () => {
    const number = columns.map((column) => (column.name === 'gender' ? { ...column, type: 'int(11)' } : column));
    const of = { source: 'users', absent: [], window: '0', at: '2026-01-01T00:00:00.000Z', by: 'run' };
    await ports.schemas.put({ ...of, columns });
    await put(work.window, 5);
    expect(await land({ ...copiedRows('5'), columns: number })).toMatchObject({
      kind: 'parked',
      window: {
        upper: '2026-01-01 00:00:00.000000',
        problem: { code: 'SCHEMA_CHANGED' },
        schema: { columns: number, changes: [{ column: 'gender', kind: 'retyped', before: 'text', after: 'int(11)' }] },
      },
    });
    expect(await ports.schemas.get('users')).toMatchObject({ columns });
  });

  test('remembers what the source was when a window landed', async () => {
    await put(work.window, 5);
    await land(copiedRows('5'));
    expect(await ports.schemas.get('users')).toMatchObject({ columns, absent: [], window: '1', by: task.run });
  });

  test('lands a window with an undeclared column and says so', async () => {
    await put(work.window, 5);
    const copied = { ...copiedRows('5'), columns: [...columns, { name: 'nickname', type: 'text' }] };
    expect(await land(copied)).toMatchObject({
      kind: 'landed',
      problems: [{ code: 'SCHEMA_REPORTED', why: expect.stringContaining('nickname') }],
    });
  });
});
