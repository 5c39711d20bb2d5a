import { describe, expect, test } from 'vitest';
import type { Instance, Message, Outcome, Position } from '../../../../../local/host/durable/model';
import { deliveryOrder, wakeAfter } from '../../../../../local/host/durable/wake';

const openTask = (root: number) => ({ task: { kind: 'activity', name: 'a' }, root }) as const;
const done = (root: number, outcome: Outcome = { kind: 'done', result: '1' }): Message => ({
  kind: 'task',
  id: root,
  at: '',
  outcome,
  of: openTask(root),
});
const failed = (root: number): Message => done(root, { kind: 'failed', reason: 'r', details: '' });
const event: Message = { kind: 'event', at: '', name: 'go' };

function blockedOn(awaits: Position['awaits'], ids: number[], open: number[], more: Partial<Instance> = {}) {
  const instance = {
    positions: [{ signature: '', awaits, ids }],
    open: new Map(open.map((id) => [id, openTask(id)])),
    inbox: [],
    retries: [],
    failed: new Set(),
    ...more,
  };
  return wakeAfter(instance as unknown as Instance);
}
const asked = (wake: ReturnType<typeof wakeAfter>, ...messages: Message[]) =>
  messages.map((message) => wake.unblockedBy(message));

describe('the wake rule', () => {
  test('all members have to complete', () => {
    expect(asked(blockedOn('all', [0, 1, 2], [0, 1, 2]), done(1), done(9), done(0), done(2))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  test('one failed member is enough', () => {
    expect(asked(blockedOn('all', [0, 1, 2], [0, 1, 2]), done(1), failed(0))).toEqual([false, true]);
  });

  test('any member unblocks a race, and nothing else does', () => {
    expect(asked(blockedOn('any', [0, 1], [0, 1, 5]), done(5), done(1))).toEqual([false, true]);
  });

  test('a single task is unblocked by itself', () => {
    expect(asked(blockedOn('one', [3], [3, 4]), done(4), done(3))).toEqual([false, true]);
  });

  test('a retried task counts under the id it was first given, whatever the attempt', () => {
    const retried = { kind: 'task', id: 8, at: '', outcome: { kind: 'done', result: '' }, of: openTask(3) } as const;
    expect(asked(blockedOn('one', [3], [], { open: new Map([[8, openTask(3)]]) }), retried)).toEqual([true]);
  });

  test('if the last action is complete, something unlisted is awaited and every message counts', () => {
    expect(asked(blockedOn('one', [3], [4]), done(9))).toEqual([true]);
    expect(asked(blockedOn('any', [0, 1], [1]), done(9))).toEqual([true]);
    expect(asked(blockedOn('all', [0, 1], [1], { failed: new Set([0]) }), done(9))).toEqual([true]);
  });

  test('events and nested compounds are left to every message', () => {
    expect(asked(blockedOn('any change', [0], [0]), event)).toEqual([true]);
  });

  test('completions of a fan-out are delivered in descending order, others as they came', () => {
    const inbox = [done(1), event, done(3), done(2)];
    expect(deliveryOrder(inbox, blockedOn('all', [1, 2, 3], [1, 2, 3]))).toEqual([2, 3, 0, 1]);
    expect(deliveryOrder(inbox, blockedOn('any', [1], [1]))).toBe(4);
  });
});
