import { describe, expect, test } from 'vitest';
import type { Window } from '../../../../shared/contracts/window';
import { estimate } from '../../../../shared/runs/estimate';
import { type Known, planOf } from '../../../../shared/runs/plan';
import { shopCatalog } from '../../../support/shop';
import { aWindow } from '../../../support/windows';

const catalog = shopCatalog();
const users = catalog.sources.find(({ name }) => name === 'users');
const countries = catalog.sources.find(({ name }) => name === 'countries');
if (!users || !countries) throw new Error('the shop has changed');
const now = new Date('2026-01-01T04:00:00.000Z');
const watermark = {
  source: 'users',
  cursor: '2026-01-01 03:00:00.000000',
  window: '4',
  run: '20260101T000000-0000abcd',
  committed: '2026-01-01T03:00:00.000Z',
  sighting: null,
};
const counted = (read: string) => ({ counted: read, read, landed: read, rejected: '0' });
const window = (number: string, hour: number, read: string, over: Partial<Window> = {}) =>
  aWindow({
    number,
    state: 'committed',
    mode: 'incremental',
    lower: 'x',
    account: counted(read),
    changed: `2026-01-01T0${hour}:00:00.000Z`,
    ...over,
  });
const windows = [
  window('4', 3, '300'),
  window('3', 2, '100'),
  window('2', 1, '200'),
  window('1', 0, '9000', { lower: null }),
];
const known = (over: Partial<Known> = {}): Known => ({
  source: users,
  watermark,
  windows,
  busy: null,
  problem: null,
  ...over,
});
const plan = (...all: Known[]) => planOf(catalog, all, new Set(['users']), now);

describe('planOf', () => {
  test('shows window, bounds, jobs, the gold that it would touch and who is mailed', () => {
    const made = plan(known());
    expect(made.sources).toMatchObject([
      {
        work: 'new',
        window: '5',
        mode: 'incremental',
        lower: watermark.cursor,
        upper: null,
        rows: '200',
        jobs: ['pipeline copy_mysql_window', 'notebook silver/apply_window'],
      },
    ]);
    expect(made.datasets.map(({ dataset }) => dataset)).toEqual(catalog.datasets.map(({ name }) => name));
    expect(made.datasets[1]?.because).toEqual(['users', 'never published']);
    expect(made.mails.to).toEqual(catalog.alerts.to);
  });

  test.each([
    ['planned', 'copy again', ['pipeline copy_mysql_window', 'notebook silver/apply_window']],
    ['parked', 'copy again', ['pipeline copy_mysql_window', 'notebook silver/apply_window']],
    ['landed', 'apply', ['notebook silver/apply_window']],
    ['applied', 'commit', []],
  ] as const)('goes on with a %s window', (state, work, jobs) => {
    const open = window('5', 3, '7', { state, upper: 'y' });
    expect(plan(known({ windows: [open, ...windows] })).sources).toMatchObject([
      { work, window: '5', upper: 'y', jobs },
    ]);
  });

  test('would do nothing with a source whose history is lost, and touches no gold by it', () => {
    const problem = {
      code: 'WATERMARK_LOST',
      where: 'users',
      why: 'gone.',
      next: 'Reset it.',
      transient: false,
    } as const;
    const made = plan(known({ problem }));
    expect(made.sources).toMatchObject([{ work: 'nothing', problem }]);
    expect(made.datasets).toEqual([]);
  });

  test('asks nobody how many files there are', () => {
    expect(plan(known({ source: countries, windows: [] })).sources).toMatchObject([
      { mode: 'files', rows: null, lower: null, jobs: ['pipeline copy_landed_files', 'notebook silver/apply_window'] },
    ]);
  });

  test('has one id for one state, whenever it is made, and another one as soon as anything moves', () => {
    const id = plan(known()).plan;
    expect(planOf(catalog, [known()], new Set(), new Date('2027-01-01T00:00:00Z')).plan).toBe(id);
    const others = [
      plan(known({ watermark: { ...watermark, cursor: 'z' } })),
      plan(known({ windows: [window('5', 3, '1', { state: 'planned' }), ...windows] })),
      plan(known({ windows: [window('5', 3, '1', { state: 'planned', attempt: '2' }), ...windows] })),
      planOf({ ...catalog, version: '2' }, [known()], new Set(['users']), now),
      plan(known(), known({ source: countries })),
    ].map(({ plan: other }) => other);
    expect(new Set([id, ...others]).size).toBe(6);
  });
});

describe('estimate', () => {
  test('goes by the rate of the last increments, not by the first load', () => {
    expect(estimate(windows, watermark, false, now)).toMatchObject({ rows: '200' }); // 600 rows in 3 h, for 1 h
  });

  test('takes for a table that is read whole what was read last', () => {
    expect(estimate(windows, watermark, true, now)).toMatchObject({ rows: '300' });
  });

  test('does not guess from nothing', () => {
    expect(estimate([], null, false, now).rows).toBeNull();
    expect(estimate(windows.slice(3), watermark, false, now).rows).toBeNull();
  });
});
