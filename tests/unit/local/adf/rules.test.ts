import { describe, expect, test } from 'vitest';
import { type Condition, type Ended, outcome, readiness, type Step } from '../../../../local/adf/engine/rules';

const step = (name: string, ...after: [string, ...Condition[]][]): Step => ({
  name,
  dependsOn: after.map(([activity, ...dependencyConditions]) => ({ activity, dependencyConditions })),
});

/** Runs a graph in which some activities fail, and says how the whole ends. */
function play(steps: Step[], failing: string[]): { whole: string; ended: Record<string, Ended> } {
  const ended = new Map<string, Ended>();
  while (ended.size < steps.length) {
    for (const one of steps.filter(({ name }) => !ended.has(name))) {
      const state = readiness(one, ended);
      if (state === 'run') ended.set(one.name, failing.includes(one.name) ? 'Failed' : 'Succeeded');
      if (state === 'skip') ended.set(one.name, 'Skipped');
    }
  }
  return { whole: outcome(steps, ended), ended: Object.fromEntries(ended) };
}

const caught = [step('A'), step('B', ['A', 'Failed'])];
const forked = [step('A'), step('B', ['A', 'Succeeded']), step('C', ['A', 'Failed'])];
const rescued = [...forked, step('D', ['B', 'Skipped'])];
const chain = [step('A'), step('B', ['A', 'Succeeded']), step('C', ['B', 'Succeeded'])];

describe('status of a pipeline', () => {
  test('a failure with only a handler behind it ends well', () => {
    expect(play(caught, ['A'])).toEqual({ whole: 'Succeeded', ended: { A: 'Failed', B: 'Succeeded' } });
  });

  test('a handler that is not needed is skipped and does not matter', () => {
    expect(play(caught, [])).toEqual({ whole: 'Succeeded', ended: { A: 'Succeeded', B: 'Skipped' } });
  });

  test('a failure with a success branch beside the handler fails the whole', () => {
    expect(play(forked, ['A']).whole).toBe('Failed');
  });

  test('a leaf on the skipped success branch makes it end well', () => {
    expect(play(rescued, ['A']).whole).toBe('Succeeded');
    expect(play(rescued, []).whole).toBe('Succeeded');
  });

  test('what comes after a failure is skipped, link by link, and the whole fails', () => {
    expect(play(chain, ['A'])).toEqual({ whole: 'Failed', ended: { A: 'Failed', B: 'Skipped', C: 'Skipped' } });
  });

  test('a failing handler fails the whole', () => {
    expect(play(caught, ['A', 'B']).whole).toBe('Failed');
  });
});

describe('readiness of an activity', () => {
  const after = step('Z', ['A', 'Succeeded'], ['B', 'Failed', 'Skipped']);
  test.each<[Ended, Ended, string]>([
    ['Succeeded', 'Failed', 'run'],
    ['Succeeded', 'Skipped', 'run'],
    ['Succeeded', 'Succeeded', 'skip'],
    ['Failed', 'Failed', 'skip'],
  ])('with %s and %s it is to %s', (a, b, expected) => {
    expect(
      readiness(
        after,
        new Map<string, Ended>([
          ['A', a],
          ['B', b],
        ]),
      ),
    ).toBe(expected);
  });

  test('it waits for every dependency', () => {
    expect(readiness(after, new Map<string, Ended>([['A', 'Failed']]))).toBe('wait');
  });

  test('Completed means ended either way, but not skipped', () => {
    const any = step('Z', ['A', 'Completed']);
    const of = (ended: Ended) => readiness(any, new Map([['A', ended]]));
    expect([of('Succeeded'), of('Failed'), of('Skipped')]).toEqual(['run', 'run', 'skip']);
  });
});
