import { describe, expect, test } from 'vitest';
import type { Action } from '../../../../../local/host/durable/actions';
import type { Position } from '../../../../../local/host/durable/model';
import { type Numbered, numberActions } from '../../../../../local/host/durable/numbering';

const activity = (functionName: string): Action => ({ actionType: 0, functionName });
const timer = (isCanceled = false): Action => ({ actionType: 5, fireAt: new Date(1000), isCanceled });
const wait = (externalEventName: string): Action => ({ actionType: 6, externalEventName });
const all = (...compoundActions: Action[]): Action => ({ actionType: 12, compoundActions });
const any = (...compoundActions: Action[]): Action => ({ actionType: 11, compoundActions });

function numbered(actions: Action[], known: Position[] = [], first = 0): Numbered {
  const result = numberActions(actions, known, first);
  if ('refused' in result) throw new Error(result.refused);
  return result;
}

describe('numbering of tasks', () => {
  test('leaves take ids depth first, waits take none', () => {
    const { tasks, nextId, waits, positions } = numbered([
      activity('a'),
      all(activity('b'), any(timer(), wait('go')), activity('c')),
    ]);
    expect(tasks.map(([id, task]) => [id, task.kind])).toEqual([
      [0, 'activity'],
      [1, 'activity'],
      [2, 'timer'],
      [3, 'activity'],
    ]);
    expect([nextId, waits, positions[1]?.ids]).toEqual([4, { go: 1 }, [1, 2, null, 3]]);
  });

  test('an object listed again is the same task, an equal object is another one', () => {
    const [a, b] = [activity('add'), activity('add')];
    const { tasks, positions } = numbered([any(a, b), any(b, activity('add'))]);
    expect(tasks).toHaveLength(3);
    expect(positions.map(({ ids }) => ids)).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  test('on replay known leaves keep their ids and new ones go on where the retries have left off', () => {
    const first = numbered([any(activity('a'), activity('b'))]);
    const [a, b] = [activity('a'), activity('b')];
    const second = numbered([any(a, b), any(b, activity('c'))], first.positions, 7);
    expect(second.tasks.map(([id]) => id)).toEqual([7]);
    expect(second.positions.map(({ ids }) => ids)).toEqual([[1, 7]]);
  });

  test('one wait in many compounds counts once, two waits of a name twice', () => {
    const news = wait('news');
    expect(numbered([any(news, timer()), any(news, timer())]).waits).toEqual({ news: 1 });
    expect(numbered([any(wait('news'), wait('news'))]).waits).toEqual({ news: 2 });
  });

  test('a cancelled timer takes an id but is not set, and one set before is cancelled by it', () => {
    const before = numbered([any(timer(), wait('go'))]);
    const after = numbered([any(timer(true), wait('go')), any(timer(true), activity('x'))], before.positions, 1);
    expect(after.tasks.map(([id]) => id)).toEqual([2]);
    expect(after.cancelled).toEqual([0, 1]);
  });

  test.each([
    ['another name', [activity('b')], 'step 1 was "activity a" when it first ran and is "activity b" on replay'],
    ['another kind', [timer()], 'is "timer" on replay'],
    ['a shorter list', [], 'is "nothing" on replay'],
    ['another order', [all(activity('x'), activity('a'))], 'is "all(activity x, activity a)" on replay'],
  ])('%s on replay is told apart', (_, actions, text) => {
    const { positions } = numbered([activity('a')]);
    expect(numberActions(actions, positions, 1)).toMatchObject({ refused: expect.stringContaining(text) });
  });

  test.each([
    [7, 'callEntity'],
    [8, 'callHttp'],
    [13, 'lock of entities'],
  ])('action %i is refused as %s', (actionType, name) => {
    expect(numberActions([{ actionType }], [], 0)).toEqual({ refused: `${name} is not imitated by the local host` });
  });
});
