import { describe, expect, test } from 'vitest';
import type { Run } from '../../../../shared/contracts/run';
import { problem } from '../../../../shared/problem';
import { keysNot } from '../../../../shared/runs/keys';
import { committed, datasetReport, nothingNew, stopped } from '../../../../shared/runs/reports';
import { leftOf } from '../../../../shared/runs/rerun';
import { shopCatalog } from '../../../support/shop';
import { aWindow } from '../../../support/windows';

const catalog = shopCatalog();
const broken = problem('SOURCE_ACCESS', 'x', 'no.', 'Mend it.');
const moved = (source: string) =>
  committed(aWindow({ source, account: { counted: '1', read: '1', landed: '1', rejected: '0' } }), []);
const run = (over: Partial<Run>): Run => ({
  run: '20260101T000000-0000abcd',
  status: 'Failed',
  trigger: { kind: 'http', actor: 'me', reason: 'r' },
  catalog: '1',
  wanted: ['users', 'countries'],
  started: '2026-01-01T00:00:00.000Z',
  ended: '2026-01-01T00:01:00.000Z',
  sources: [],
  datasets: [],
  problem: null,
  ...over,
});

describe('leftOf', () => {
  test('takes the sources that failed, and the datasets that waited for them', () => {
    const sources = [stopped('users', 'failed', broken), nothingNew('countries')];
    const datasets = [datasetReport('users', 'blocked'), datasetReport('buyers_by_country', 'published')];
    expect(leftOf(run({ sources, datasets }), catalog)).toEqual({ sources: ['users'], datasets: ['users'] });
  });

  test('takes a source whose windows came through and whose keys could not be compared', () => {
    const sources = [keysNot(moved('users'), 'failed', broken), nothingNew('countries')];
    const datasets = catalog.datasets.map(({ name }) => datasetReport(name, 'published'));
    expect(leftOf(run({ sources, datasets }), catalog)).toEqual({ sources: ['users'], datasets: [] });
  });

  test('takes a dataset alone when its source had come through', () => {
    const sources = [moved('users'), nothingNew('countries')];
    const datasets = catalog.datasets.map(({ name }) => datasetReport(name, name === 'users' ? 'failed' : 'published'));
    expect(leftOf(run({ sources, datasets }), catalog)).toEqual({ sources: [], datasets: ['users'] });
  });

  test('takes everything of a run that died without a word', () => {
    expect(leftOf(run({}), catalog)).toEqual({ sources: ['users', 'countries'], datasets: [] });
  });

  test('takes the gold that a cancelled run never reached, although its sources are in silver', () => {
    const left = leftOf(run({ status: 'Cancelled', sources: [moved('users'), nothingNew('countries')] }), catalog);
    expect(left.sources).toEqual([]);
    expect(left.datasets).toHaveLength(4);
  });

  test('finds nothing left of a run that succeeded, and passes over what the catalog no longer names', () => {
    const sources = [nothingNew('users'), nothingNew('countries')];
    expect(leftOf(run({ sources }), catalog)).toEqual({ sources: [], datasets: [] });
    expect(leftOf(run({ wanted: ['gone'], datasets: [datasetReport('gone', 'failed')] }), catalog)).toEqual({
      sources: [],
      datasets: [],
    });
  });
});
