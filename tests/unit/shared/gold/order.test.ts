import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DatasetReport } from '../../../../shared/contracts/run';
import type { DatasetTask } from '../../../../shared/contracts/steps';
import { inOrder, nextUp } from '../../../../shared/gold/order';
import { datasetReport } from '../../../../shared/runs/reports';

const task = (dataset: string, needs: string[] = []): DatasetTask => ({
  run: '20260101T000000-0000abcd',
  catalog: '1',
  dataset,
  pace: { first: 1, longest: 1 },
  needs,
  publish: true,
  reconcile: false,
  inputs: {},
});

/** Publishes what may begin, round after round, except what fails. */
function playOut(tasks: DatasetTask[], fails: ReadonlySet<string> = new Set()) {
  const rounds: string[][] = [];
  const reports: DatasetReport[] = [];
  for (let waiting = tasks; waiting.length > 0 && rounds.length <= tasks.length; ) {
    const { go, blocked, left } = nextUp(waiting, reports);
    rounds.push(go.map(({ dataset }) => dataset));
    reports.push(
      ...blocked,
      ...go.map(({ dataset }) => datasetReport(dataset, fails.has(dataset) ? 'failed' : 'published')),
    );
    waiting = left;
  }
  return { rounds, outcomes: new Map(reports.map(({ dataset, outcome }) => [dataset, outcome])) };
}

describe('the datasets of a run', () => {
  test('begin all at once when none needs another', () => {
    expect(playOut([task('a'), task('b')]).rounds).toEqual([['a', 'b']]);
  });

  test('begin behind what they need', () => {
    expect(playOut([task('c', ['a', 'b']), task('b', ['a']), task('a'), task('d')]).rounds).toEqual([
      ['a', 'd'],
      ['b'],
      ['c'],
    ]);
  });

  test('are blocked, and what needs them too, when one that they need fails; the others go on', () => {
    const { outcomes } = playOut([task('a'), task('b', ['a']), task('c', ['b']), task('d')], new Set(['a']));
    expect(Object.fromEntries(outcomes)).toEqual({ a: 'failed', b: 'blocked', c: 'blocked', d: 'published' });
  });

  test('all come to an end, each after its needs, whatever needs what', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const arrows = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 12 });
    fc.assert(
      fc.property(
        arrows,
        fc.subarray(names),
        fc.shuffledSubarray(names, { minLength: 6 }),
        (pairs, failing, shuffled) => {
          const needs = (name: string) =>
            pairs.flatMap(([from, to]) => (names[to] === name && from < to ? [names[from] as string] : []));
          const { rounds, outcomes } = playOut(
            shuffled.map((name) => task(name, needs(name))),
            new Set(failing),
          );
          expect(outcomes.size).toBe(6);
          for (const name of rounds.flat()) {
            for (const need of needs(name)) {
              expect(outcomes.get(need)).toBe('published');
              expect(rounds.findIndex((round) => round.includes(need))).toBeLessThan(
                rounds.findIndex((round) => round.includes(name)),
              );
            }
          }
        },
      ),
    );
  });
});

test.each([
  ['nothing', [], []],
  ['a chain', [['c', 'b'], ['b', 'a'], ['a']], []],
  ['one that needs itself', [['a', 'a'], ['b']], ['a']],
  ['a circle of three', [['a', 'c'], ['b', 'a'], ['c', 'b'], ['d']], ['a', 'b', 'c']],
])('%s has a circle where it has one', (_what, lines, circle) => {
  const datasets = lines.map(([name = '', ...needs]) => ({ name, needs }));
  expect(inOrder(datasets).circle.map(({ name }) => name)).toEqual(circle);
});
