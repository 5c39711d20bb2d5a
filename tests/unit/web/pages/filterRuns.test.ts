import { describe, expect, test } from 'vitest';
import { Run } from '../../../../shared/contracts/run';
import { filterRuns } from '../../../../web/src/pages/runs/filterRuns';

const run = (status: Run['status'], wanted: string[]) =>
  Run.parse({
    run: '20261122T181500-1a2b3c4d',
    status,
    trigger: { kind: 'blob', path: 'a.csv', etag: '1' },
    catalog: '1',
    wanted,
    started: '2026-11-22T18:00:00Z',
    ended: null,
  });
const runs = [run('Failed', ['users']), run('Succeeded', ['countries'])];

describe('filterRuns', () => {
  test('shows all runs where the address asks for nothing', () => {
    expect(filterRuns(runs, {})).toEqual(runs);
  });
  test.each([
    [{ status: 'Failed' }, 1],
    [{ trigger: 'timer' }, 0],
    [{ source: 'countries', trigger: 'blob' }, 1],
    [{ source: 'countries', status: 'Failed' }, 0],
  ])('fulfils every part of %o', (filter, expected) => {
    expect(filterRuns(runs, filter)).toHaveLength(expected);
  });
});
