import { describe, expect, test } from 'vitest';
import { maintain } from '../../../orchestrators/maintain';
import type { MaintenanceRequest, TableTask } from '../../../shared/contracts/maintenance';
import { problem } from '../../../shared/problem';
import { play, type World } from '../../support/play';

const pace = { first: 5, longest: 60 };
const request: MaintenanceRequest = {
  run: '20260101T000000-0000abcd',
  catalog: '3',
  tables: null,
  trigger: { kind: 'http', actor: 'me', reason: 'test' },
};
const table: TableTask = { run: request.run, catalog: '3', layer: 'silver', table: 'users', pace, attempts: 3 };
const expiry = {
  run: request.run,
  container: 'landing',
  folder: 'countries',
  before: '2025-12-02T00:00:00.000Z',
  pace,
};
const external = { external: '7', started: '2026-01-01T00:00:00.000Z' };
const report = (part: string) => ({ part, outcome: 'done', detail: '', problems: [] });
const conflict = problem('NOTEBOOK_FAILED', 'silver/users', 'Delta concurrent change.', 'Wait.', true);

const world: World = {
  openMaintenance: () => ({ tables: [table], expiries: [expiry] }),
  startMaintain: () => external,
  readMaintain: () => ({ kind: 'done', report: report('silver/users') }),
  sweepOrphans: () => report('sweep'),
  purgeHistory: () => report('history'),
  startExpiry: () => external,
  readExpiry: () => ({ kind: 'done', report: report('landing/countries') }),
  closeMaintenance: () => null,
  sendLetters: () => ({ sent: 0, waiting: 0 }),
};

describe('maintain', () => {
  test('goes through tables, orphans, history and raw files, and closes the run', () => {
    const { result, calls } = play(maintain, request, world);
    expect(result.map(({ part }) => part)).toEqual(['silver/users', 'sweep', 'history', 'landing/countries']);
    expect(calls.slice(-2)).toEqual(['closeMaintenance', 'sendLetters']);
  });

  test('touches nothing but the tables that were named', () => {
    const { calls } = play(maintain, { ...request, tables: ['users'] }, world);
    expect(calls).not.toContain('sweepOrphans');
    expect(calls).not.toContain('purgeHistory');
    expect(calls).not.toContain('startExpiry');
  });

  test('tries a table again that a window has won against, as a new attempt', () => {
    const { result, inputs } = play(maintain, request, {
      ...world,
      readMaintain: (_: unknown, nth: number) =>
        nth === 0 ? { kind: 'failed', problem: conflict } : { kind: 'done', report: report('silver/users') },
    });
    expect(inputs.get('startMaintain')).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
    expect(result[0]).toMatchObject({ outcome: 'done' });
  });

  test('reports what failed and goes on with the rest', () => {
    const { result } = play(maintain, request, {
      ...world,
      readMaintain: () => ({ kind: 'failed', problem: { ...conflict, transient: false } }),
      sweepOrphans: () => {
        throw new Error('the lake is down');
      },
    });
    expect(result.map(({ part, outcome }) => [part, outcome])).toEqual([
      ['silver/users', 'failed'],
      ['sweep', 'failed'],
      ['history', 'done'],
      ['landing/countries', 'done'],
    ]);
  });
});
