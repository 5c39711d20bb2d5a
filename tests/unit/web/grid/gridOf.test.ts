import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { Run } from '../../../../shared/contracts/run';
import { gridOf } from '../../../../web/src/grid/gridOf';

const run = (id: string, rest: Partial<z.input<typeof Run>>) =>
  Run.parse({
    run: `20261122T18${id}00-1a2b3c4d`,
    status: 'Succeeded',
    trigger: { kind: 'http', actor: 'ada', reason: 'test' },
    catalog: '1',
    wanted: ['users'],
    started: '2026-11-22T18:00:00Z',
    ended: '2026-11-22T18:01:00Z',
    ...rest,
  });
const words = (runs: Run[]) =>
  Object.fromEntries(
    gridOf(runs, ['users'], ['gold']).rows.map((row) => [
      `${row.kind} ${row.name}`,
      row.cells.map((cell) => cell?.word ?? null),
    ]),
  );

describe('gridOf', () => {
  test('shows the oldest run first', () => {
    const grid = gridOf([run('20', {}), run('10', {})], [], []);
    expect(grid.columns.map((each) => each.run.slice(9, 13))).toEqual(['1810', '1820']);
  });

  test('keeps a source and a dataset of one name apart', () => {
    const both = run('10', {
      sources: [{ source: 'same', outcome: 'committed' }],
      datasets: [{ dataset: 'same', outcome: 'failed' }],
    });
    expect(words([both])).toMatchObject({ 'source same': ['committed'], 'dataset same': ['failed'] });
  });

  test('marks a wanted source of a run under way, and leaves it empty once a run ended without it', () => {
    expect(words([run('10', { status: 'Running', ended: null })])['source users']).toEqual(['in this run, not done']);
    expect(words([run('10', { status: 'Cancelled' })])['source users']).toEqual([null]);
  });

  test('does not show a dataset that differs from its partner as a plain success', () => {
    const differs = run('10', { datasets: [{ dataset: 'gold', outcome: 'published', cells: '10', mismatches: '1' }] });
    expect(words([differs])['dataset gold']).toEqual(['published, differs']);
  });
});
