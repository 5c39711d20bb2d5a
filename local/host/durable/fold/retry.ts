import type { Attempt, Hub, Instance, Message } from '../model';
import type { RetryRecord } from '../records';
import type { Effects } from './effects';
import { delivered } from './history';
import { openTask } from './open';

/**
 * Mirrors the library's retry: a failed attempt takes one id for a timer, an elapsed delay one for the next attempt. It runs
 * between two orchestrator runs only, so that both counters advance in the same order.
 */
export function handleRetries(hub: Hub, record: RetryRecord, effects: Effects): void {
  const instance = hub.instances.get(record.id);
  if (instance === undefined || instance.generation !== record.generation) return;
  for (const message of instance.retries.splice(0)) follow(hub, instance, message, record.at, effects);
}

function follow(
  hub: Hub,
  instance: Instance,
  message: Extract<Message, { kind: 'task' }>,
  at: string,
  effects: Effects,
): void {
  const { task, root } = message.of;
  instance.history.push(delivered(message));
  const id = instance.nextId;
  instance.nextId += 1;
  if (task.kind === 'timer') {
    const { retries } = task;
    if (retries?.attempt === undefined)
      throw new Error(`journal: timer ${message.id} of ${instance.id} retries nothing`);
    const attempt = { ...retries.attempt, number: retries.attempt.number + 1 };
    openTask(hub, instance, id, { ...retries, attempt }, root, at, effects);
    return;
  }
  if (task.attempt === undefined) throw new Error(`journal: task ${message.id} of ${instance.id} has no retry rule`);
  const fireAt = Date.parse(at) + retryDelay(task.attempt);
  openTask(hub, instance, id, { kind: 'timer', fireAt, retries: task }, root, at, effects);
}

/** Milliseconds to wait after an attempt; none after the last, yet the library awaits that timer too. */
export function retryDelay({ rule, number }: Attempt): number {
  if (number >= rule.maxNumberOfAttempts) return 0;
  const delay = rule.firstRetryIntervalInMilliseconds * (rule.backoffCoefficient ?? 1) ** (number - 1);
  return Math.min(delay, rule.maxRetryIntervalInMilliseconds ?? Number.POSITIVE_INFINITY);
}
